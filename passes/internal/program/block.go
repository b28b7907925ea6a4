package program

import "golang.org/x/tools/go/ssa"

// BlockLeads reports whether control can go from one block of a function to
// another; a block leads to itself.
func BlockLeads(from, to *ssa.BasicBlock) bool {
	seen := make(map[*ssa.BasicBlock]bool)
	var walk func(b *ssa.BasicBlock) bool
	walk = func(b *ssa.BasicBlock) bool {
		if b == to {
			return true
		}
		if seen[b] {
			return false
		}
		seen[b] = true
		for _, succ := range b.Succs {
			if walk(succ) {
				return true
			}
		}
		return false
	}
	return walk(from)
}
