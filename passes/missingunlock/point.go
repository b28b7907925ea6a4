package missingunlock

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/paths"
)

// A kind says what a path has done to the lock so far.
type kind int

const (
	untouched kind = iota
	held
	released
	handed  // to a goroutine that releases it
	unknown // the path isn't followed any more
)

// A state is what a path has done to the lock so far.
type state struct {
	kind   kind
	shared bool
	taken  ssa.CallInstruction // of held: the call that took it
	unsure bool                // of held: if that call succeeded, which nobody has asked yet
	freed  ssa.CallInstruction // of released: the call that released it
	turned *ssa.BasicBlock     // of held: where the loop turned since
}

// A point is the start of a block on some path.
type point = paths.Point[state]

// A leak is a place where a path leaves the function, or an iteration, with
// the lock held.
type leak struct {
	taken  ssa.CallInstruction
	shared bool
	ret    *ssa.Return     // nil for an iteration
	turned *ssa.BasicBlock // the last block of an iteration
	since  *ssa.BasicBlock // of the iteration that left it locked, for a return behind the loop
}

// A misuse is a call that does to the lock what another has made wrong.
type misuse struct {
	call, earlier ssa.CallInstruction
}

// deferred reports whether the path has deferred a call that gives the lock
// back: that it comes late is the business of check deferloop.
func (w *walk) deferred(p *point) bool {
	return slices.ContainsFunc(p.Defers, func(call *ssa.Defer) bool {
		does := w.effect(call, p.State.kind).does
		return does == model.Release || does == model.ReleaseShared
	})
}
