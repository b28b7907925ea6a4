package lockorder

import (
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

// A lock that is taken under a condition is often one that can't be taken
// when the other side runs: the condition is what tells the two apart. So
// only locks that are taken on every path make a circle certain. Loops are
// taken to have a round.

// isSure reports whether every path from where a lock is taken leads to the
// call, and every path of what it calls to the other lock.
func (g *graph) isSure(call *ssa.Call, held sharing.Lock, taken summarize.Acquisition) bool {
	from := call.Parent().Blocks[0]
	if since := g.lockedBefore(edge{held: held, at: call}); since != nil {
		from = since.Block()
	}
	if !always(from, call.Block()) {
		return false
	}
	for _, deeper := range taken.Calls[1:] {
		if !always(deeper.Parent().Blocks[0], deeper.Block()) {
			return false
		}
	}
	return true
}

// always reports whether no path from one block to the end of the function
// passes by the other, loops around that having a round.
func always(from, to *ssa.BasicBlock) bool {
	seen := make(map[*ssa.BasicBlock]bool)
	var passes func(b *ssa.BasicBlock) bool
	passes = func(b *ssa.BasicBlock) bool {
		if b == to || seen[b] {
			return false
		}
		seen[b] = true
		if len(b.Succs) == 0 {
			return true
		}
		around := program.BlockLeads(to, b)
		for _, succ := range b.Succs {
			if around && !program.BlockLeads(succ, to) {
				continue
			}
			if passes(succ) {
				return true
			}
		}
		return false
	}
	return !passes(from)
}
