package guardedby

import (
	"go/ast"
	"regexp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A breach is a call of a function that says by its name that its callers
// hold a lock, where certainly nobody does.
type breach struct {
	call  ssa.CallInstruction
	kept  ssa.CallInstruction // a call with the lock held, or in a function that says the same, nil if there is none
	lock  *sharing.Place      // which, nil if that isn't seen
	count int                 // calls like it
	total int
}

// saysLocked finds the names of functions whose callers hold the lock, and
// asksLocked those of functions that ask or tell whether something is locked.
var (
	saysLocked    = regexp.MustCompile(`[a-z0-9]Locked$`)
	annotatedFunc = regexp.MustCompile(`\+checklocks(read)?:`)
	asksLocked    = regexp.MustCompile(`(?i)^(is|has|set|get|was|mark|on|err|when|not|if)([A-Z].*)?Locked$`)
)

// isAnnotated reports whether a comment for the tool checklocks says that the
// function's callers hold a lock.
func isAnnotated(fn *ssa.Function) bool {
	decl, ok := fn.Syntax().(*ast.FuncDecl)
	return ok && annotatedFunc.MatchString(commentText(decl.Doc))
}

// breaches looks at all calls of functions whose names say that a lock is
// held. The name alone isn't proof, so others have to call it that way, and
// at least as many. An annotation is.
func (j *judge) breaches() []breach {
	calls := make(map[*ssa.Function][]ssa.CallInstruction)
	var order []*ssa.Function
	for _, fn := range j.evidence.Functions() {
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				return
			}
			callee, _ := j.evidence.Callee(call.Common())
			if callee == nil || !isAnnotated(callee) && (!saysLocked.MatchString(callee.Name()) || asksLocked.MatchString(callee.Name())) {
				return
			}
			if calls[callee] == nil {
				order = append(order, callee)
			}
			calls[callee] = append(calls[callee], call)
		})
	}
	var found []breach
	for _, callee := range order {
		found = append(found, j.breachesOf(callee, calls[callee])...)
	}
	return found
}

func (j *judge) breachesOf(callee *ssa.Function, calls []ssa.CallInstruction) []breach {
	var bare, kept []ssa.CallInstruction
	var lock *sharing.Place
	for _, call := range calls {
		held := j.evidence.HeldAt(call)
		switch {
		case len(held.Must) > 0:
			lock = held.Must[0].Place
			kept = append(kept, call)
		case sharing.WantsLock(call.Parent()):
			kept = append(kept, call)
		case j.unlocked(call, held):
			bare = append(bare, call)
		}
	}
	if !isAnnotated(callee) && (len(kept) == 0 || len(kept) < len(bare)) || len(j.evidence.LocksIn(callee)) > 0 && (lock == nil || j.evidence.Takes(callee, lock.Class())) {
		return nil // it takes the lock if it has to
	}
	var found []breach
	for _, call := range bare {
		b := breach{call: call, lock: lock, count: len(kept), total: len(calls)}
		if len(kept) > 0 {
			b.kept = kept[0]
		}
		found = append(found, b)
	}
	return found
}

// unlocked reports whether certainly no lock is held at a call: neither by
// the function that makes it nor by any that calls that one. What a function
// made itself needs no lock yet.
func (j *judge) unlocked(call ssa.CallInstruction, held sharing.Held) bool {
	fn := call.Parent()
	above, known := j.evidence.CalledUnder(fn)
	if !held.None() || !known || len(above) > 0 || len(held.Released) > 0 || j.isSequential(fn) || j.evidence.OfOneGoroutine(fn) {
		return false
	}
	_, args := j.evidence.Callee(call.Common())
	return !slices.ContainsFunc(args, func(arg ssa.Value) bool { return j.evidence.Owns(fn, j.evidence.PlaceOf(arg)) })
}

// isSequential reports whether the function is called while nobody else is
// at work, or may be: by main, init and tests.
func (j *judge) isSequential(fn *ssa.Function) bool {
	return slices.ContainsFunc(j.evidence.Entries(), func(e sharing.Entry) bool {
		return e.Fn == fn && (e.Kind == sharing.Sequential || e.Test)
	})
}
