package missingunlock

import (
	"go/ast"
	"regexp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// excused reports whether the function means to end with the lock held.
func (j *judge) excused(w *walk) bool {
	return saysSo(w.fn) || locksOnSuccess(w) || w.handsLockToCaller() || j.callersRelease(w)
}

// forgotten returns the paths of a function that means to end with the lock
// held which keep it although they fail, as others do that give it back: who
// gets an error has nothing to unlock.
//
//	if r.deleted {
//		r.mu.Unlock()
//		return nil, errNone
//	}
//	if r.version != version {
//		return nil, errVersion // reported
//	}
//	return r, nil
func forgotten(w *walk) []leak {
	succeeds := func(l leak) bool { return l.ret != nil && paths.OutcomeOf(l.ret) == paths.Succeeds }
	if !slices.ContainsFunc(w.leaks, succeeds) || !slices.ContainsFunc(w.released, paths.CertainlyFails) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(w.leaks), func(l leak) bool { return l.ret == nil || !paths.CertainlyFails(l.ret) })
}

// says finds the words by which a comment tells that a lock stays held.
var says = regexp.MustCompile(`(?i)\bcallers?\b[^.]*\b(un)?lock|\bmust\b[^.]*\bunlock|\breturn\w*\b[^.]*\b(still )?locked\b|\block(ed)?( is)? (still )?held\b|\bhold(s|ing)? the lock\b|\b(with|keeps?|leaves?) \S+ locked\b`)

// saysSo reports whether the function says by its name or its comment that it
// locks for others.
func saysSo(fn *ssa.Function) bool {
	if paths.NamedToTake(fn) {
		return true
	}
	decl, ok := fn.Syntax().(*ast.FuncDecl)
	return ok && decl.Doc != nil && says.MatchString(decl.Doc.Text())
}

// locksOnSuccess reports whether the paths that keep the lock are those that
// succeed, and those that release it fail: a function that locks what it
// finds.
func locksOnSuccess(w *walk) bool {
	for _, l := range w.leaks {
		if l.ret == nil || paths.OutcomeOf(l.ret) != paths.Succeeds {
			return false
		}
	}
	return !slices.ContainsFunc(w.released, func(ret *ssa.Return) bool { return paths.OutcomeOf(ret) != paths.Fails })
}

// handsLockToCaller reports whether what is returned or kept is the locked
// object, or an object that knows it and was made here.
func (w *walk) handsLockToCaller() bool {
	for _, l := range w.leaks {
		if l.ret == nil && w.keepsObject(l.taken) {
			return true
		}
		if l.ret == nil {
			continue
		}
		for i := range l.ret.Results {
			if w.carriesLock(program.Returned(l.ret, i)) {
				return true
			}
		}
	}
	return false
}

// carriesLock reports whether a result is the lock, or an object of this
// function through which it is reached.
func (w *walk) carriesLock(result ssa.Value) bool {
	switch v := result.(type) {
	case *ssa.MakeInterface:
		result = v.X
	case *ssa.Phi:
		return slices.ContainsFunc(v.Edges, func(edge ssa.Value) bool {
			_, again := edge.(*ssa.Phi)
			return !again && w.carriesLock(edge)
		})
	}
	place := w.evidence.PlaceOf(result)
	if place == w.lock {
		return true
	}
	if _, isParam := place.Root.(*ssa.Parameter); !isParam && w.lock.Within(place) {
		return true
	}
	alloc, ok := place.Root.(*ssa.Alloc)
	if !ok {
		return false
	}
	for _, ref := range *alloc.Referrers() {
		field, ok := ref.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		for _, use := range *field.Referrers() {
			if store, ok := use.(*ssa.Store); ok && store.Addr == field && w.lock.Within(w.evidence.PlaceOf(store.Val)) {
				return true
			}
		}
	}
	return false
}

// keepsObject reports whether the function stores the object whose lock the
// call takes, or gives it away, before it gives the lock back, so that somebody
// else can do that.
func (w *walk) keepsObject(taken ssa.CallInstruction) bool {
	object := objectOf(taken)
	if object.Referrers() == nil {
		return false
	}
	for _, ref := range *object.Referrers() {
		store, stores := ref.(*ssa.Store)
		switch ref.(type) {
		case *ssa.Store, *ssa.MapUpdate, *ssa.Send, *ssa.MakeInterface:
			if (!stores || store.Val == object) && w.isHeldOrComes(taken, ref) {
				return true
			}
		}
	}
	return false
}

// isHeldOrComes reports whether an instruction runs with the lock held that a
// call takes, or before it is taken.
func (w *walk) isHeldOrComes(taken ssa.CallInstruction, instr ssa.Instruction) bool {
	releases := func(instr ssa.Instruction) bool {
		call, ok := instr.(*ssa.Call)
		if !ok {
			return false
		}
		does := w.effect(call, held).does
		return does == model.Release || does == model.ReleaseShared
	}
	return !sharing.Reaches(taken, instr) || program.Leads(taken, instr, releases)
}

func receiver(call ssa.CallInstruction) ssa.Value {
	common := call.Common()
	if common.IsInvoke() || len(common.Args) == 0 {
		return common.Value
	}
	return common.Args[0]
}

// callersRelease reports whether a caller in this package unlocks, behind its
// call, a lock of the class that it hasn't taken itself since.
func (j *judge) callersRelease(w *walk) bool {
	for _, caller := range j.evidence.Callers(w.fn) {
		found := false
		sharing.Instructions(caller, func(instr ssa.Instruction) {
			call, ok := instr.(ssa.CallInstruction)
			if ok && sharing.Origin(call.Common().StaticCallee()) == w.fn {
				found = found || j.releasedAfter(instr, w.lock.Class())
			}
		})
		if found {
			return true
		}
	}
	return false
}

// releasedAfter reports whether a path from the instruction comes to an
// unlock of the class before it comes to a lock.
func (j *judge) releasedAfter(from ssa.Instruction, class any) bool {
	seen := make(map[*ssa.BasicBlock]bool)
	var search func(block *ssa.BasicBlock, start int) bool
	search = func(block *ssa.BasicBlock, start int) bool {
		for _, instr := range block.Instrs[start:] {
			switch j.operationOn(instr, class) {
			case model.Release:
				return true
			case model.Acquire:
				return false
			}
		}
		for _, succ := range block.Succs {
			if !seen[succ] {
				seen[succ] = true
				if search(succ, 0) {
					return true
				}
			}
		}
		return false
	}
	return search(from.Block(), slices.Index(from.Block().Instrs, from)+1)
}

// operationOn returns Acquire or Release if the instruction does so to a lock
// of the class, itself, deferred or through a callee.
func (j *judge) operationOn(instr ssa.Instruction, class any) model.LockOp {
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return model.NoLockOp
	}
	effect := j.evidence.CallEffect(call.Common())
	lock, op := j.evidence.LockOperation(call.Common())
	_, deferred := instr.(*ssa.Defer)
	switch {
	case slices.ContainsFunc(effect.Releases, func(p *sharing.Place) bool { return p.Class() == class }):
		return model.Release
	case op == model.NoLockOp || lock.Class() != class:
	case op == model.Release || op == model.ReleaseShared:
		return model.Release
	case !deferred:
		return model.Acquire
	}
	return model.NoLockOp
}
