package missingunlock

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A walk goes along the paths of one function and watches one lock.
//
// A state is a must: the path certainly holds the lock, or has certainly
// released it. A path on which something happens to the lock that isn't
// followed is given up.
type walk struct {
	evidence *sharing.Evidence
	fn       *ssa.Function
	lock     *sharing.Place
	depth    int // of walks of callees inside walks
	callees  *callees

	ends          map[kind]bool // the states in which the function returns
	gaveUp        bool
	leaks         []leak
	released      []*ssa.Return // that some path comes to having released the lock
	untouched     []*ssa.Return // that some path comes to having done nothing to it
	releases      []ssa.CallInstruction
	mismatches    []misuse
	doubles       []misuse
	deferredLocks []misuse
}

func newWalk(evidence *sharing.Evidence, callees *callees, fn *ssa.Function, lock *sharing.Place) *walk {
	return &walk{evidence: evidence, callees: callees, fn: fn, lock: lock, ends: make(map[kind]bool)}
}

func (w *walk) run(start state) {
	search := &paths.Walk[state]{Visit: w.visit, Decide: w.decide, Turn: w.turn}
	search.Run(w.evidence, w.fn, start)
	w.gaveUp = w.gaveUp || search.GaveUp
}

// visit is the transfer function of an instruction.
func (w *walk) visit(p *point, instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.RunDefers:
		w.runDefers(p)
	case *ssa.Return:
		w.end(p, instr)
		return false
	case *ssa.Call:
		if op, ok := w.releasesAs(instr, p.State.taken); ok && p.State.kind == held {
			w.apply(p, effect{does: op}, instr)
			break
		}
		w.apply(p, w.effect(instr, p.State.kind), instr)
	case *ssa.Store:
		w.store(p, instr)
	}
	if w.handsOver(instr) {
		_, spawns := instr.(*ssa.Go)
		if p.State.kind == held && spawns {
			p.State.kind = handed
		} else {
			p.State.kind = unknown
		}
	}
	if p.State.kind == unknown {
		w.gaveUp = true
		return false
	}
	return true
}

// store notes an assignment to a variable by which the lock is reached, which
// is another lock from then on.
func (w *walk) store(p *point, store *ssa.Store) {
	place := w.evidence.PlaceOf(store.Addr)
	if place != w.lock && w.lock.Within(place) && p.State.kind != untouched {
		p.State.kind = unknown
	}
}

func (w *walk) runDefers(p *point) {
	for _, deferred := range slices.Backward(p.Defers) {
		w.apply(p, w.effect(deferred, p.State.kind), deferred)
		if p.State.kind == unknown {
			return
		}
	}
}

// apply is the transfer function of one call.
func (w *walk) apply(p *point, e effect, call ssa.CallInstruction) {
	switch e.does {
	case model.Acquire, model.AcquireShared:
		w.acquire(p, e, call)
	case model.Release, model.ReleaseShared:
		w.release(p, e, call)
	}
	if e.unclear {
		p.State.kind = unknown
	}
}

func (w *walk) acquire(p *point, e effect, call ssa.CallInstruction) {
	_, deferred := call.(*ssa.Defer)
	switch {
	case deferred:
		if p.State.kind == held && e.direct {
			w.deferredLocks = append(w.deferredLocks, misuse{call, p.State.taken})
		}
		p.State.kind = unknown
	case p.State.kind == handed:
		p.State.kind = unknown
	case p.State.kind != held:
		p.State = state{kind: held, shared: e.does == model.AcquireShared, taken: call, unsure: e.granted}
	default:
		if p.State.turned != nil && !(p.State.shared && e.does == model.AcquireShared) {
			w.addLeak(leak{taken: p.State.taken, turned: p.State.turned})
		}
		p.State.kind = unknown // a lock taken twice is the business of check relock
	}
}

func (w *walk) release(p *point, e effect, call ssa.CallInstruction) {
	switch p.State.kind {
	case held:
		if e.direct && p.State.shared != (e.does == model.ReleaseShared) {
			w.mismatches = append(w.mismatches, misuse{call, p.State.taken})
		}
		w.releases = append(w.releases, call)
		p.State = state{kind: released, freed: call}
	case released:
		if e.direct {
			w.doubles = append(w.doubles, misuse{call, p.State.freed})
		}
		p.State.kind = unknown
	default:
		p.State.kind = unknown // the caller's lock
	}
}

// end notes in which state a path returns.
func (w *walk) end(p *point, ret *ssa.Return) {
	w.ends[p.State.kind] = true
	switch p.State.kind {
	case held:
		if p.State.unsure {
			w.gaveUp = true
			return
		}
		w.addLeak(leak{taken: p.State.taken, shared: p.State.shared, ret: ret, since: p.State.turned})
	case released, handed:
		w.released = append(w.released, ret)
	case untouched:
		w.untouched = append(w.untouched, ret)
	}
}

func (w *walk) addLeak(l leak) {
	same := func(other leak) bool { return l.ret == other.ret && l.turned == other.turned }
	if l.taken != nil && !slices.ContainsFunc(w.leaks, same) {
		w.leaks = append(w.leaks, l)
	}
}

// decide takes one side of a condition.
func (w *walk) decide(p *point, branch *ssa.If, outcome bool) {
	if tried, shared, holds := w.tried(branch.Cond, outcome); tried && holds {
		p.State = state{kind: held, shared: shared, taken: w.tryCall(branch.Cond)}
	}
	if !p.State.unsure {
		return
	}
	switch paths.SucceededBy(p, p.State.taken, branch.Cond, outcome) {
	case paths.Succeeds:
		p.State.unsure = false
	case paths.Fails:
		p.State = state{}
	}
}

// turn goes on to the next iteration of a loop, and reports whether the path
// needs to be followed there: not if the lock is another one in each
// iteration.
func (w *walk) turn(p *point, from *ssa.BasicBlock) bool {
	if paths.Varies(w.lock, p.Block) {
		if p.State.kind == held && !p.State.unsure && !w.keepsObject(p.State.taken) && !isCarriedOn(p.State.taken, p.Block) && !w.deferred(p) {
			w.addLeak(leak{taken: p.State.taken, turned: from})
		}
		return false
	}
	if p.State.kind == held && p.State.taken != nil && p.State.turned == nil && p.Block.Dominates(p.State.taken.Block()) {
		p.State.turned = from
	}
	return true
}
