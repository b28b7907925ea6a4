package guardedby

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// What keeps a use without the lock apart from the others all the same.

// ordered reports whether something else keeps the use apart from the others:
// a comment that says so, a goroutine that isn't started yet, or that nobody
// sets the variable any more; or an atomic variable, or a goroutine that was
// waited for, unless those who write have to do with neither.
func (j *judge) ordered(h *habit, use sharing.MapUse, uses []sharing.MapUse, taken []ssa.Instruction) bool {
	return j.evidence.SaysAlone(use.Effect) || j.before(use, uses) || len(taken) == 0 && j.publishes(use) || j.settled(use, uses) ||
		(j.looksUpAtomic(use) || j.joined(use, taken)) && !j.isQuietlySet(h, use)
}

// isQuietlySet reports whether the goroutine of a use can't hear of those who
// set the variable but by the lock: anybody calls one of them, at any time, and
// none waits for somebody or tells anybody.
func (j *judge) isQuietlySet(h *habit, use sharing.MapUse) bool {
	anytime := false
	for _, other := range h.uses {
		switch {
		case !other.Writes() || other.Entry.Kind == sharing.Sequential:
		case !j.evidence.Quiet(other.Effect) || sharing.SaysEarly(other.Fn):
			return false
		case other.Entry.Fn != use.Entry.Fn:
			anytime = anytime || concurrent(other) && other.Entry.Kind != sharing.Goroutine
		}
	}
	return anytime
}

// looksUpAtomic reports whether the function of the use has asked an atomic
// variable before, which may tell it that the guarded one doesn't change any
// more; or whether one on the way has, by calling what sets the object up
// unless that is done.
func (j *judge) looksUpAtomic(use sharing.MapUse) bool {
	atomically := func(call *ssa.Call) bool {
		fn := sharing.CalleeObject(&call.Call)
		return fn != nil && fn.Pkg() != nil && fn.Pkg().Path() == "sync/atomic"
	}
	return callsBefore(use.Instr, atomically) || slices.ContainsFunc(use.Calls, func(call ssa.CallInstruction) bool {
		return callsBefore(call, j.setsUpUnlessDone)
	})
}

// callsBefore reports whether the function of an instruction has made such a
// call on every path to it.
func callsBefore(instr ssa.Instruction, is func(*ssa.Call) bool) bool {
	found := false
	sharing.Instructions(instr.Parent(), func(before ssa.Instruction) {
		call, ok := before.(*ssa.Call)
		found = found || ok && before != instr && call.Block().Dominates(instr.Block()) && sharing.Reaches(call, instr) && is(call)
	})
	return found
}

// setsUpUnlessDone reports whether a call is of a function that asks an
// atomic variable first of all:
//
//	if atomic.LoadUint32(&t.done) == 0 { t.initOnce() }
func (j *judge) setsUpUnlessDone(call *ssa.Call) bool {
	callee, _ := j.evidence.Callee(&call.Call)
	if callee == nil {
		return false
	}
	return slices.ContainsFunc(callee.Blocks[0].Instrs, func(instr ssa.Instruction) bool {
		load, ok := instr.(*ssa.Call)
		if !ok || len(callee.Blocks) == 1 {
			return false
		}
		fn := sharing.CalleeObject(&load.Call)
		return fn != nil && model.AtomicStep(fn) == model.AtomicLoad
	})
}

// joined reports whether a function on the way to the use has waited for
// somebody before, or told somebody something. Where it took the lock after
// that, others were still about.
func (j *judge) joined(use sharing.MapUse, taken []ssa.Instruction) bool {
	if len(taken) > 0 {
		return j.evidence.JoinedSince(use.Fn, taken, use.Instr)
	}
	return j.evidence.JoinedOnWay(use.Effect)
}

// demanded reports whether a function on the way to the use says that its
// caller holds the lock.
func demanded(use sharing.MapUse) bool {
	return slices.ContainsFunc(use.Calls, func(call ssa.CallInstruction) bool {
		callee := sharing.Origin(call.Common().StaticCallee())
		return callee != nil && sharing.WantsLock(callee)
	})
}

// before reports whether the use happens while the object is set up: a
// function on the way starts a goroutine behind it that uses the variable, or
// hands out a method that does, which is when others come to know the object.
func (j *judge) before(use sharing.MapUse, uses []sharing.MapUse) bool {
	return j.evidence.BeforeStart(use, uses) || j.registers(use.Instr, uses) ||
		slices.ContainsFunc(use.Calls, func(call ssa.CallInstruction) bool { return j.registers(call, uses) })
}

// handedOver reports whether a function on the way releases the lock for its
// caller, and so begins with it held.
func (j *judge) handedOver(h *habit, use sharing.MapUse) bool {
	releases := func(fn *ssa.Function) bool {
		return slices.ContainsFunc(j.evidence.EffectOf(fn).Releases, func(p *sharing.Place) bool { return p.Class() == h.class })
	}
	if releases(use.Fn) {
		return true
	}
	return slices.ContainsFunc(use.Calls, func(call ssa.CallInstruction) bool { return releases(call.Parent()) })
}

// excused reports whether the entry is one that the package itself calls
// only with the lock held: then its callers elsewhere are meant to do so too.
func (j *judge) excused(h *habit, use sharing.MapUse, uses []sharing.MapUse) bool {
	if use.Entry.Kind == sharing.Goroutine {
		return false
	}
	called := false
	for _, other := range uses {
		if other.Access != use.Access || !other.Through(use.Entry.Fn) {
			continue
		}
		_, held := other.Held.Find(h.class)
		if !held && concurrent(other) {
			return false
		}
		called = called || held
	}
	return called
}
