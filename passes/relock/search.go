package relock

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A search follows the paths of one function.
type search struct {
	ends  func(ssa.Instruction) bool              // a path ends at such an instruction, if set
	sides func(*ssa.BasicBlock) []*ssa.BasicBlock // that can follow a block: all of them, if not set
	seen  map[*ssa.BasicBlock]bool
}

// leads reports whether a path leads from one instruction to another, which
// may be itself again.
func (s *search) leads(from, to ssa.Instruction) bool {
	s.seen = make(map[*ssa.BasicBlock]bool)
	return s.visit(from.Block(), slices.Index(from.Block().Instrs, from)+1, to)
}

// leadsFromStart reports whether a path leads from the function's start to
// an instruction.
func (s *search) leadsFromStart(to ssa.Instruction) bool {
	s.seen = make(map[*ssa.BasicBlock]bool)
	return s.visit(to.Parent().Blocks[0], 0, to)
}

func (s *search) visit(block *ssa.BasicBlock, start int, to ssa.Instruction) bool {
	for _, instr := range block.Instrs[start:] {
		if instr == to {
			return true
		}
		if s.ends != nil && s.ends(instr) {
			return false
		}
	}
	succs := block.Succs
	if s.sides != nil {
		succs = s.sides(block)
	}
	for _, succ := range succs {
		if !s.seen[succ] {
			s.seen[succ] = true
			if s.visit(succ, 0, to) {
				return true
			}
		}
	}
	return false
}
