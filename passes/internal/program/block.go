package program

import "golang.org/x/tools/go/ssa"

// BlockLeads reports whether control can go from one block of a function to
// another; a block leads to itself.
func BlockLeads(from, to *ssa.BasicBlock) bool {
	return BlockReaches(from, func(b *ssa.BasicBlock) bool { return b == to }, nil)
}

// BlockReaches reports whether control can go from a block to one that is a
// goal, itself among them, without entering one to avoid before; nil avoids
// none.
func BlockReaches(from *ssa.BasicBlock, goal, avoid func(*ssa.BasicBlock) bool) bool {
	seen := make(map[*ssa.BasicBlock]bool)
	var walk func(b *ssa.BasicBlock) bool
	walk = func(b *ssa.BasicBlock) bool {
		if goal(b) {
			return true
		}
		if seen[b] || avoid != nil && avoid(b) {
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
