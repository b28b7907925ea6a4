package missingunlock

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A walk goes along the paths of one function and watches one lock. It is a
// forward search over pairs of a block and what is known there: the state of
// the lock, the calls that are deferred, and the outcomes of conditions that
// are tested again (condition.go). Paths that come to a block with the same
// knowledge are one path from there on.
//
// A state is a must: the path certainly holds the lock, or has certainly
// released it. A path on which something happens to the lock that isn't
// followed is given up. What the walk ignores is which paths the values
// allow, beyond conditions that are equal as text.
type walk struct {
	evidence   *sharing.Evidence
	fn         *ssa.Function
	lock       *sharing.Place
	conditions *conditions
	depth      int // of walks of callees inside walks
	callees    map[calleeWalk]effect
	seen       map[string]bool
	queue      []point

	ends          map[kind]bool // the states in which the function returns
	gaveUp        bool
	leaks         []leak
	released      []*ssa.Return // that some path comes to having released the lock
	releases      []ssa.CallInstruction
	mismatches    []misuse
	doubles       []misuse
	deferredLocks []misuse
}

// maxPoints bounds a walk: the paths beyond aren't followed.
const maxPoints = 1000

func newWalk(evidence *sharing.Evidence, callees map[calleeWalk]effect, fn *ssa.Function, lock *sharing.Place) *walk {
	return &walk{
		evidence: evidence, callees: callees, fn: fn, lock: lock,
		conditions: newConditions(evidence, fn),
		seen:       make(map[string]bool),
		ends:       make(map[kind]bool),
	}
}

func (w *walk) run(start state) {
	w.push(point{block: w.fn.Blocks[0], state: start})
	for len(w.queue) > 0 {
		p := w.queue[0]
		w.queue = w.queue[1:]
		if w.block(&p) {
			w.branch(p)
		}
	}
}

func (w *walk) push(p point) {
	if key := p.key(); !w.seen[key] {
		if len(w.seen) >= maxPoints {
			w.gaveUp = true
			return
		}
		w.seen[key] = true
		w.queue = append(w.queue, p)
	}
}

// block follows a path through a block and reports whether it goes on behind.
func (w *walk) block(p *point) bool {
	for _, instr := range p.block.Instrs {
		switch instr := instr.(type) {
		case *ssa.Defer:
			if !slices.Contains(p.defers, instr) {
				p.defers = append(slices.Clip(p.defers), instr)
			}
		case *ssa.RunDefers:
			w.runDefers(p)
		case *ssa.Return:
			w.end(p, instr)
			return false
		case *ssa.Panic:
			return false
		case *ssa.Call:
			w.apply(p, w.effect(instr, p.state.kind), instr)
		case *ssa.Store:
			w.store(p, instr)
		}
		if w.handsOver(instr) {
			_, spawns := instr.(*ssa.Go)
			if p.state.kind == held && spawns {
				p.state.kind = handed
			} else {
				p.state.kind = unknown
			}
		}
		if p.state.kind == unknown {
			w.gaveUp = true
			return false
		}
	}
	return true
}

// store notes an assignment: to a variable that conditions test, or to one
// by which the lock is reached, which is another lock from then on.
func (w *walk) store(p *point, store *ssa.Store) {
	place := w.evidence.PlaceOf(store.Addr)
	if place != w.lock && w.lock.Within(place) && p.state.kind != untouched {
		p.state.kind = unknown
	}
	p.known = p.known.assign(w.conditions, store)
}

func (w *walk) runDefers(p *point) {
	for _, deferred := range slices.Backward(p.defers) {
		w.apply(p, w.effect(deferred, p.state.kind), deferred)
		if p.state.kind == unknown {
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
		p.state.kind = unknown
	}
}

func (w *walk) acquire(p *point, e effect, call ssa.CallInstruction) {
	_, deferred := call.(*ssa.Defer)
	switch {
	case deferred:
		if p.state.kind == held && e.direct {
			w.deferredLocks = append(w.deferredLocks, misuse{call, p.state.taken})
		}
		p.state.kind = unknown
	case p.state.kind == handed:
		p.state.kind = unknown
	case p.state.kind != held:
		p.state = state{kind: held, shared: e.does == model.AcquireShared, taken: call}
	default:
		if p.state.turned != nil && !(p.state.shared && e.does == model.AcquireShared) {
			w.addLeak(leak{taken: p.state.taken, turned: p.state.turned})
		}
		p.state.kind = unknown // a lock taken twice is the business of check relock
	}
}

func (w *walk) release(p *point, e effect, call ssa.CallInstruction) {
	switch p.state.kind {
	case held:
		if e.direct && p.state.shared != (e.does == model.ReleaseShared) {
			w.mismatches = append(w.mismatches, misuse{call, p.state.taken})
		}
		w.releases = append(w.releases, call)
		p.state = state{kind: released, freed: call}
	case released:
		if e.direct {
			w.doubles = append(w.doubles, misuse{call, p.state.freed})
		}
		p.state.kind = unknown
	default:
		p.state.kind = unknown // the caller's lock
	}
}

// end notes in which state a path returns.
func (w *walk) end(p *point, ret *ssa.Return) {
	w.ends[p.state.kind] = true
	switch p.state.kind {
	case held:
		w.addLeak(leak{taken: p.state.taken, ret: ret, since: p.state.turned})
	case released, handed:
		w.released = append(w.released, ret)
	}
}

func (w *walk) addLeak(l leak) {
	same := func(other leak) bool { return l.ret == other.ret && l.turned == other.turned }
	if l.taken != nil && !slices.ContainsFunc(w.leaks, same) {
		w.leaks = append(w.leaks, l)
	}
}

// branch goes on to the blocks that can follow.
func (w *walk) branch(p point) {
	for i, succ := range p.block.Succs {
		next := p
		next.block = succ
		if branch, ok := p.block.Instrs[len(p.block.Instrs)-1].(*ssa.If); ok {
			if !w.choose(&next, branch, i == 0) {
				continue
			}
		}
		next.known = next.known.enter(w.conditions, p.block, succ)
		if succ.Dominates(p.block) && !w.turn(&next, p.block) {
			continue
		}
		w.push(next)
	}
}

// choose takes one side of a condition, and reports whether the path can.
func (w *walk) choose(p *point, branch *ssa.If, outcome bool) bool {
	if tried, shared, holds := w.tried(branch.Cond, outcome); tried && holds {
		p.state = state{kind: held, shared: shared, taken: w.tryCall(branch.Cond)}
	}
	var possible bool
	p.known, possible = p.known.choose(w.conditions, branch, outcome)
	return possible
}

// turn goes on to the next iteration of a loop, and reports whether the path
// needs to be followed there: not if the lock is another one in each
// iteration.
func (w *walk) turn(p *point, from *ssa.BasicBlock) bool {
	if varies(w.lock, p.block) {
		if p.state.kind == held && !keepsObject(p.state.taken) && !w.deferred(p) {
			w.addLeak(leak{taken: p.state.taken, turned: from})
		}
		return false
	}
	if p.state.kind == held && p.state.taken != nil && p.state.turned == nil && p.block.Dominates(p.state.taken.Block()) {
		p.state.turned = from
	}
	return true
}
