package summarize

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A Search follows the paths of one function.
type Search struct {
	Ends  func(ssa.Instruction) bool              // a path ends at such an instruction, if set
	Sides func(*ssa.BasicBlock) []*ssa.BasicBlock // that can follow a block: all of them, if not set
	seen  map[*ssa.BasicBlock]bool
}

// Leads reports whether a path leads from one instruction to another, which
// may be itself again.
func (s *Search) Leads(from, to ssa.Instruction) bool {
	s.seen = make(map[*ssa.BasicBlock]bool)
	return s.visit(from.Block(), slices.Index(from.Block().Instrs, from)+1, to)
}

// LeadsFromStart reports whether a path leads from the function's start to
// an instruction.
func (s *Search) LeadsFromStart(to ssa.Instruction) bool {
	s.seen = make(map[*ssa.BasicBlock]bool)
	return s.visit(to.Parent().Blocks[0], 0, to)
}

func (s *Search) visit(block *ssa.BasicBlock, start int, to ssa.Instruction) bool {
	for _, instr := range block.Instrs[start:] {
		if instr == to {
			return true
		}
		if s.Ends != nil && s.Ends(instr) {
			return false
		}
	}
	succs := block.Succs
	if s.Sides != nil {
		succs = s.Sides(block)
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
