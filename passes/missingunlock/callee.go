package missingunlock

import (
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

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
	known, ok := w.callees[key]
	if !ok {
		known = w.newCalleeWalk(key)
		w.callees[key] = known
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
