// Package paths follows the paths of a function, with a state of the asker's
// and with what each path knows about conditions that are tested again, so
// that fewer paths are walked than the graph has.
//
//	paths.go                 the search, and the points it comes to
//	condition.go, normal.go  which conditions are equal as text
//	exhaust.go               which must hold, as all others were tested
//	knowledge.go             what a path knows of them
//	outcome.go               whether a return means success
//	duty.go, attempt.go      a duty that a path takes on and has to meet
//	exit.go                  the syntax at which a path leaves
package paths

import (
	"fmt"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A Walk goes along the paths of one function. It is a forward search over
// pairs of a block and what is known there: the asker's state, the calls that
// are deferred, and the outcomes of conditions that are tested again. Paths
// that come to a block with the same knowledge are one path from there on.
// What it ignores is which paths the values allow, beyond conditions that are
// equal as text.
type Walk[S comparable] struct {
	// Visit is the transfer function of one instruction. It reports whether the
	// path goes on behind.
	Visit func(p *Point[S], instr ssa.Instruction) bool
	// Decide says what the outcome of a branch tells of the state.
	Decide func(p *Point[S], branch *ssa.If, outcome bool)
	// Turn is called as a loop turns, at its header. It reports whether the next
	// iteration needs to be followed.
	Turn func(p *Point[S], from *ssa.BasicBlock) bool
	// GaveUp says that there were more paths than the bound allows.
	GaveUp bool

	conditions *conditions
	seen       map[key[S]]bool
	queue      []Point[S]
}

// A Point is the start of a block on some path.
type Point[S comparable] struct {
	Block  *ssa.BasicBlock
	State  S
	Defers []*ssa.Defer // in the order of their statements
	known  knowledge
}

// A key tells points apart.
type key[S comparable] struct {
	block int
	state S
	rest  string
}

// maxPoints bounds a walk: the paths beyond aren't followed.
const maxPoints = 1000

// Run walks the paths of the function from its start.
func (w *Walk[S]) Run(evidence *sharing.Evidence, fn *ssa.Function, start S) {
	w.conditions = newConditions(evidence, fn)
	w.seen = make(map[key[S]]bool)
	w.push(Point[S]{Block: fn.Blocks[0], State: start})
	for len(w.queue) > 0 {
		p := w.queue[0]
		w.queue = w.queue[1:]
		if w.block(&p) {
			w.branch(p)
		}
	}
}

func (w *Walk[S]) push(p Point[S]) {
	if k := p.key(); !w.seen[k] {
		if len(w.seen) >= maxPoints {
			w.GaveUp = true
			return
		}
		w.seen[k] = true
		w.queue = append(w.queue, p)
	}
}

func (p *Point[S]) key() key[S] {
	var b strings.Builder
	for _, deferred := range p.Defers {
		fmt.Fprintf(&b, " %p", deferred)
	}
	p.known.write(&b)
	return key[S]{p.Block.Index, p.State, b.String()}
}

// block follows a path through a block and reports whether it goes on behind.
func (w *Walk[S]) block(p *Point[S]) bool {
	for _, instr := range p.Block.Instrs {
		if !w.Visit(p, instr) {
			return false
		}
		switch instr := instr.(type) {
		case *ssa.Defer:
			if !slices.Contains(p.Defers, instr) {
				p.Defers = append(slices.Clip(p.Defers), instr)
			}
		case *ssa.Store:
			p.known = p.known.assign(w.conditions, instr)
		case *ssa.Return, *ssa.Panic:
			return false
		}
	}
	return true
}

// branch goes on to the blocks that can follow.
func (w *Walk[S]) branch(p Point[S]) {
	for i, succ := range p.Block.Succs {
		next := p
		next.Block = succ
		if branch, ok := p.Block.Instrs[len(p.Block.Instrs)-1].(*ssa.If); ok {
			if w.Decide != nil {
				w.Decide(&next, branch, i == 0)
			}
			var possible bool
			if next.known, possible = next.known.choose(w.conditions, branch, i == 0); !possible {
				continue
			}
		}
		next.known = next.known.enter(w.conditions, p.Block, succ)
		if succ.Dominates(p.Block) && w.Turn != nil && !w.Turn(&next, p.Block) {
			continue
		}
		w.push(next)
	}
}

// Resolve returns the value that a phi or variable on which conditions depend
// has on the path.
func (p *Point[S]) Resolve(v ssa.Value) ssa.Value { return p.known.resolve(v) }

// Varies reports whether the place is another one in each iteration of the
// loop with the given header.
func Varies(place *sharing.Place, header *ssa.BasicBlock) bool {
	for p := place; p != nil; p = p.Parent {
		if index, ok := p.Index.(*sharing.Place); ok && Varies(index, header) {
			return true
		}
		if value, ok := p.Index.(ssa.Value); ok && definedIn(value, header) {
			return true
		}
		if p.Root != nil && definedIn(p.Root, header) {
			return true
		}
	}
	return false
}
