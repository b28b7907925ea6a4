package missingunlock

import (
	"fmt"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// recovered looks for a call that may panic with the lock held, in a function
// that recovers from just that panic and doesn't defer the unlock:
//
//	defer func() {
//		if v := recover(); v != nil {
//			err = fmt.Errorf("rule: %v", v)
//		}
//	}()
//	e.mu.Lock()
//	for _, r := range e.rules {
//		if r.Match(event) { // somebody else's code
//			n++
//		}
//	}
//	e.mu.Unlock() // isn't come to
//
// What the function recovers from is what it can't know: it calls code of
// others, functions in variables and methods of interfaces of this package,
// under the lock, and nowhere else.
func (j *judge) recovered(w *walk) {
	if len(w.releases) == 0 || w.gaveUp || !recoversFor(w.fn) || j.releasedLate(w) {
		return
	}
	var first ssa.CallInstruction
	elsewhere := false
	sharing.Instructions(w.fn, func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok || !isForeign(call.Common(), w.fn.Pkg.Pkg) {
			return
		}
		if _, held := j.evidence.HeldAt(call).Find(w.lock.Class()); !held {
			elsewhere = true
		} else if first == nil {
			first = call
		}
	})
	taken := j.takenIn(w)
	if first == nil || elsewhere || taken == nil {
		return
	}
	j.findings = append(j.findings, j.wording.recovered(w, taken, first))
}

// recoversFor reports whether a function defers a literal that recovers and
// goes on as if nothing had happened.
func recoversFor(fn *ssa.Function) bool {
	found := false
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		deferred, ok := instr.(*ssa.Defer)
		if !ok {
			return
		}
		literal := deferred.Call.StaticCallee()
		if literal == nil || literal.Parent() != fn {
			return
		}
		recovers, panics := false, false
		sharing.Instructions(literal, func(instr ssa.Instruction) {
			call, isCall := instr.(*ssa.Call)
			_, isPanic := instr.(*ssa.Panic)
			recovers = recovers || isCall && program.Builtin(&call.Call) == "recover"
			panics = panics || isPanic
		})
		found = found || recovers && !panics
	})
	return found
}

// releasedLate reports whether something that is deferred may release the lock.
func (j *judge) releasedLate(w *walk) bool {
	found := false
	sharing.Instructions(w.fn, func(instr ssa.Instruction) {
		deferred, ok := instr.(*ssa.Defer)
		if !ok {
			return
		}
		found = found || j.operationOn(deferred, w.lock.Class()) == model.Release
		if literal := deferred.Call.StaticCallee(); literal != nil {
			sharing.Instructions(literal, func(instr ssa.Instruction) {
				found = found || j.operationOn(instr, w.lock.Class()) == model.Release
			})
		}
	})
	return found
}

// takenIn returns the first call that takes the lock by itself.
func (j *judge) takenIn(w *walk) ssa.CallInstruction {
	var taken ssa.CallInstruction
	sharing.Instructions(w.fn, func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok || taken != nil {
			return
		}
		if lock, op := j.evidence.LockOperation(&call.Call); lock.Place == w.lock && (op == model.Acquire || op == model.AcquireShared) {
			taken = call
		}
	})
	return taken
}

// isForeign reports whether a call is of code that somebody else gives: a
// function in a variable, or a method of an interface of the package.
func isForeign(call *ssa.CallCommon, pkg *types.Package) bool {
	if call.IsInvoke() {
		return call.Method.Pkg() == pkg
	}
	switch call.Value.(type) {
	case *ssa.UnOp, *ssa.Parameter, *ssa.Lookup, *ssa.Extract, *ssa.Field:
		return true
	}
	return false
}

func (w wording) recovered(walk *walk, taken, called ssa.CallInstruction) report.Finding {
	name := w.nameOf(walk, taken)
	callee := "what is called"
	if expr := w.evidence.CallExpr(called); expr != nil {
		callee = edit.Print(w.pass.Fset, expr.Fun)
	}
	return report.Finding{
		Range:   report.CallRange(w.evidence, taken),
		Subject: taken.Pos(),
		Message: fmt.Sprintf("%s stays locked when %s panics: the function recovers, but doesn't defer the unlock of line %d", name, callee, w.line(walk.releases[0].Pos())),
		Related: []analysis.RelatedInformation{w.related(called, "panics here"), w.related(walk.releases[0], "not come to")},
	}
}
