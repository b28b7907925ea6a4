package program

import "golang.org/x/tools/go/ssa"

// Leads reports whether a path leads from behind one instruction to another
// of the function that comes by nothing that stops it.
func Leads(from, to ssa.Instruction, stops func(ssa.Instruction) bool) bool {
	found := false
	w := &Walk{Visit: func(instr ssa.Instruction) bool {
		found = found || instr == to
		return !found && !stops(instr)
	}}
	w.Behind(from)
	return found
}

// A Walk follows the paths of a function's control-flow graph, each block
// once. Branches on what is already known are taken one way only.
type Walk struct {
	Visit func(ssa.Instruction) (goOn bool)
	Edge  func(from *ssa.BasicBlock, succ int) bool // may it be taken? nil for all
	Known []Fact
	seen  map[*ssa.BasicBlock]bool
}

// A Fact is how a branch was decided on the way.
type Fact struct {
	Cond  ssa.Value
	Holds bool
}

// Behind walks from behind an instruction.
func (w *Walk) Behind(from ssa.Instruction) {
	w.seen = make(map[*ssa.BasicBlock]bool)
	block := from.Block()
	for i, instr := range block.Instrs {
		if instr == from {
			w.run(block, i+1)
		}
	}
}

func (w *Walk) run(block *ssa.BasicBlock, start int) {
	for _, instr := range block.Instrs[start:] {
		if !w.Visit(instr) {
			return
		}
	}
	for i, succ := range block.Succs {
		if w.seen[succ] || w.Edge != nil && !w.Edge(block, i) || w.contradicts(block, i) {
			continue
		}
		w.seen[succ] = true
		w.run(succ, 0)
	}
}

func (w *Walk) contradicts(block *ssa.BasicBlock, succ int) bool {
	branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	for _, f := range w.Known {
		if Same(branch.Cond, f.Cond) {
			return f.Holds != (succ == 0)
		}
	}
	return false
}

// Decided returns the branches that were taken when control comes to an
// instruction.
func Decided(instr ssa.Instruction) []Fact {
	var list []Fact
	for block := instr.Block(); block.Idom() != nil; block = block.Idom() {
		above := block.Idom()
		branch, ok := above.Instrs[len(above.Instrs)-1].(*ssa.If)
		if ok && len(block.Preds) == 1 {
			list = append(list, Fact{branch.Cond, above.Succs[0] == block})
		}
	}
	return list
}
