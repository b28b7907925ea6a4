package missingunlock

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
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
	freed  ssa.CallInstruction // of released: the call that released it
	turned *ssa.BasicBlock     // of held: where the loop turned since
}

// A point is the start of a block on some path.
type point struct {
	block  *ssa.BasicBlock
	state  state
	defers []*ssa.Defer
	known  knowledge
}

// A leak is a place where a path leaves the function, or an iteration, with
// the lock held.
type leak struct {
	taken  ssa.CallInstruction
	ret    *ssa.Return     // nil for an iteration
	turned *ssa.BasicBlock // the last block of an iteration
	since  *ssa.BasicBlock // of the iteration that left it locked, for a return behind the loop
}

// A misuse is a call that does to the lock what another has made wrong.
type misuse struct {
	call, earlier ssa.CallInstruction
}

func (p *point) key() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %d %t %p %p %v", p.block.Index, p.state.kind, p.state.shared, p.state.taken, p.state.freed, p.state.turned)
	for _, deferred := range p.defers {
		fmt.Fprintf(&b, " %p", deferred)
	}
	p.known.write(&b)
	return b.String()
}

// deferred reports whether the path has deferred a call that gives the lock
// back: that it comes late is the business of check deferloop.
func (w *walk) deferred(p *point) bool {
	return slices.ContainsFunc(p.defers, func(call *ssa.Defer) bool {
		does := w.effect(call, p.state.kind).does
		return does == model.Release || does == model.ReleaseShared
	})
}
