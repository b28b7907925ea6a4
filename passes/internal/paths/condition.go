package paths

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// conditions knows the branches of a function: which conditions are tested
// more than once, and which variables they test.
//
// Two conditions are equal when they are written alike over equal places:
// `s.shared`, `err != nil`, `len(q) == 0`, `q.empty()`. That values change in
// between is ignored but for assignments in the function itself, so that
// fewer paths are walked than there are. One exception keeps the tests that
// are there because values change, as behind a lock:
//
//	if c.ready { return }
//	c.mu.Lock()
//	if c.ready { return }
//
// The second test is reached from one side of the first alone; nobody tests
// again what he knows, so the value must be meant to have changed. In
//
//	if shared { mu.Lock() }
//	…
//	if shared { mu.Unlock() }
//
// both sides lead to the second test.
type conditions struct {
	evidence *sharing.Evidence
	tests    map[string]int     // how many branches test a condition
	tracked  map[ssa.Value]bool // phis and variables that conditions depend on
	feeding  map[ssa.Value]bool // values that come into them
	last     map[*ssa.If]bool   // branches that must hold, as no constant is left that the value may be
}

func newConditions(evidence *sharing.Evidence, fn *ssa.Function) *conditions {
	c := &conditions{
		evidence: evidence,
		tests:    make(map[string]int),
		tracked:  make(map[ssa.Value]bool),
		feeding:  make(map[ssa.Value]bool),
		last:     make(map[*ssa.If]bool),
	}
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		if branch, ok := instr.(*ssa.If); ok {
			c.track(branch.Cond)
			c.tests[c.normal(knowledge{}, branch.Cond).key]++
			c.last[branch] = exhausts(branch)
		}
	})
	return c
}

// track finds the phis and variables on which a condition depends.
func (c *conditions) track(v ssa.Value) {
	switch v := v.(type) {
	case *ssa.BinOp:
		c.track(v.X)
		c.track(v.Y)
	case *ssa.UnOp:
		if alloc, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			c.tracked[alloc] = true
		} else if v.Op == token.NOT {
			c.track(v.X)
		}
	case *ssa.Phi:
		if !c.tracked[v] {
			c.tracked[v] = true
			for _, edge := range v.Edges {
				c.feeding[edge] = true
				c.track(edge)
			}
		}
	}
}

// remembers reports whether the outcome of a condition can decide another.
func (c *conditions) remembers(cond ssa.Value, key string) bool {
	if c.tests[key] > 1 || c.feeding[cond] || c.tracked[cond] {
		return true
	}
	switch v := cond.(type) {
	case *ssa.BinOp:
		return c.remembers(v.X, "") || c.remembers(v.Y, "")
	case *ssa.UnOp:
		return c.tracked[v.X] || c.remembers(v.X, "")
	}
	return false
}
