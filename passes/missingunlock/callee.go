package missingunlock

import (
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// callees is what the walks know of functions that are called.
type callees struct {
	walks  map[calleeWalk]effect
	grants map[*ssa.Function][]grant
}

func newCallees() *callees {
	return &callees{walks: make(map[calleeWalk]effect), grants: make(map[*ssa.Function][]grant)}
}

// A calleeWalk names a walk of a callee. Each is done once for the package:
// callers meet the same callees in the same state again and again.
type calleeWalk struct {
	callee *ssa.Function
	lock   *sharing.Place
	held   bool // when the callee begins
	depth  int
}

// walkCallee follows the paths of a callee that releases the lock somewhere:
// always, or never unless it has taken it itself.
func (w *walk) walkCallee(callee *ssa.Function, lock *sharing.Place, now kind) effect {
	const maxDepth = 3
	if w.depth == maxDepth {
		return unclear
	}
	key := calleeWalk{callee, lock, now == held, w.depth + 1}
	known, ok := w.callees.walks[key]
	if !ok {
		known = w.newCalleeWalk(key)
		w.callees.walks[key] = known
	}
	return known
}

func (w *walk) newCalleeWalk(key calleeWalk) effect {
	start := state{}
	if key.held {
		start.kind = held
	}
	inner := newWalk(w.evidence, w.callees, key.callee, key.lock)
	inner.depth = key.depth
	inner.run(start)
	switch {
	case inner.gaveUp:
		return unclear
	case !key.held && !inner.ends[held]:
		return effect{}
	case len(inner.ends) != 1:
		return unclear
	case inner.ends[released]:
		return effect{does: model.Release}
	}
	return effect{}
}

// takenIn returns the locks that a function takes, itself or by calling a
// function that is there to lock, in the order of the code.
func (c *callees) takenIn(evidence *sharing.Evidence, fn *ssa.Function) []*sharing.Place {
	var taken []*sharing.Place
	seen := make(map[*sharing.Place]bool)
	add := func(lock sharing.Lock) {
		if !seen[lock.Place] {
			seen[lock.Place] = true
			taken = append(taken, lock.Place)
		}
	}
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok {
			return
		}
		for _, lock := range evidence.CallEffect(&call.Call).Takes {
			add(lock)
		}
		for _, lock := range c.granted(evidence, call) {
			add(lock)
		}
		switch lock, op := evidence.LockOperation(&call.Call); op {
		case model.Acquire, model.AcquireShared, model.TryAcquire, model.TryAcquireShared:
			add(lock)
		}
	})
	return taken
}
