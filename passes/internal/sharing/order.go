package sharing

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// A reach is the set of instructions that can run after some instruction.
type reach struct {
	blocks map[*ssa.BasicBlock]int // of each block reached at its start, the number of instructions reached
	start  *ssa.BasicBlock
	from   int // index in start of the first instruction reached
	until  int // and of the first one that isn't
}

func (r *reach) has(instr ssa.Instruction) bool {
	block := instr.Block()
	index := indexIn(block, instr)
	if n, ok := r.blocks[block]; ok && index < n {
		return true
	}
	return block == r.start && r.from <= index && index < r.until
}

// barrier says where paths end. Both parts may be nil.
type barrier struct {
	instr func(ssa.Instruction) bool
	edge  func(from *ssa.BasicBlock, succ int) bool
}

// reachableFrom returns what can run after the instruction, on paths that
// end before the instructions and edges at which the barrier stands.
func reachableFrom(instr ssa.Instruction, stop *barrier) *reach {
	if stop == nil {
		stop = &barrier{}
	}
	block := instr.Block()
	r := &reach{blocks: make(map[*ssa.BasicBlock]int), start: block, from: indexIn(block, instr) + 1}
	r.until = stop.first(block, r.from)
	var work []arrival
	leave := func(at arrival) {
		for i, succ := range at.block.Succs {
			if at.takes(i) && (stop.edge == nil || !stop.edge(at.block, i)) {
				work = append(work, arrival{succ, at.block})
			}
		}
	}
	if r.until == len(block.Instrs) {
		leave(arrival{block: block})
	}
	seen := make(map[arrival]bool)
	for len(work) > 0 {
		next := work[len(work)-1]
		work = work[:len(work)-1]
		if seen[arrival{block: next.block}] || seen[next.known()] {
			continue
		}
		seen[next.known()] = true
		r.blocks[next.block] = stop.first(next.block, 0)
		if r.blocks[next.block] == len(next.block.Instrs) {
			leave(next)
		}
	}
	return r
}

// first returns the index of the first instruction of the block, from the
// given one on, at which the barrier stands.
func (b *barrier) first(block *ssa.BasicBlock, from int) int {
	for i := from; b.instr != nil && i < len(block.Instrs); i++ {
		if b.instr(block.Instrs[i]) {
			return i
		}
	}
	return len(block.Instrs)
}

func indexIn(block *ssa.BasicBlock, instr ssa.Instruction) int {
	for i, other := range block.Instrs {
		if other == instr {
			return i
		}
	}
	return -1
}

// joinBarrier stands where the function waits for the goroutine, and, if an
// object is given, where that object is made: what comes behind concerns
// another object.
func joinBarrier(f *Footprint, spawn *Spawn, object ssa.Value) *barrier {
	joins := make(map[ssa.Instruction]bool)
	cases := make(map[*ssa.Select]map[int]bool)
	for _, step := range f.Steps {
		for _, join := range step.Joins {
			if step.Deferred || !f.joins(join, spawn) {
				continue
			}
			if join.Select == nil {
				joins[step.Instr] = true
				continue
			}
			if cases[join.Select] == nil {
				cases[join.Select] = make(map[int]bool)
			}
			cases[join.Select][join.State] = true
		}
	}
	for sel, joined := range cases {
		if sel.Blocking && len(joined) == len(sel.States) {
			joins[sel] = true
		}
	}
	made, _ := object.(ssa.Instruction)
	rounds := roundsOf(spawn.Instr)
	return &barrier{
		instr: func(instr ssa.Instruction) bool { return joins[instr] || made != nil && instr == made },
		edge: func(from *ssa.BasicBlock, succ int) bool {
			sel, state, ok := chosenCase(from)
			return ok && succ == 0 && cases[sel][state] || rounds.matchedBy(from, succ, joins) || isFilledBehind(from, succ, joins)
		},
	}
}

// chosenCase reports whether the block ends with the question whether a
// select statement chose a case: its first successor is that case.
func chosenCase(block *ssa.BasicBlock) (sel *ssa.Select, state int, ok bool) {
	branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
	if !ok {
		return nil, 0, false
	}
	cond, ok := branch.Cond.(*ssa.BinOp)
	if !ok || cond.Op != token.EQL {
		return nil, 0, false
	}
	chosen, ok := cond.X.(*ssa.Extract)
	if !ok || chosen.Index != 0 {
		return nil, 0, false
	}
	sel, isSelect := chosen.Tuple.(*ssa.Select)
	number, isConst := cond.Y.(*ssa.Const)
	if !isSelect || !isConst {
		return nil, 0, false
	}
	n, exact := constant.Int64Val(number.Value)
	return sel, int(n), exact
}

// joins reports whether a join waits for the goroutine: for one of its
// signals, or for another goroutine of the function that waits itself. A join
// of something unknown counts.
func (f *Footprint) joins(join Join, spawn *Spawn) bool {
	switch {
	case join.Place == nil || spawn.Unknown:
		return true
	case signalled(spawn, join.Place):
		return true
	}
	for _, step := range f.Steps {
		for _, other := range step.Spawns {
			if other.Site != spawn.Site && (other.Waits || other.Unknown) && (other.Unknown || signalled(other, join.Place)) {
				return true
			}
		}
	}
	return !isLocal(join.Place)
}

func signalled(spawn *Spawn, place *Place) bool {
	for _, signal := range spawn.Signals {
		if signal.Place == place {
			return true
		}
	}
	return false
}

// isLocal reports whether the place is a variable or channel that the
// function made itself, so that everything that uses it is in sight.
func isLocal(place *Place) bool {
	if place.Parent != nil {
		return false
	}
	switch root := place.Root.(type) {
	case *ssa.Alloc, *ssa.MakeChan:
		return true
	case *ssa.Extract:
		call, ok := root.Tuple.(*ssa.Call)
		return ok && model.MakesGroup(CalleeObject(&call.Call))
	}
	return false
}

// Outlives reports whether the function that starts a goroutine can return
// while that runs.
func (e *Evidence) Outlives(spawn *Spawn) bool {
	return unjoined(e.builder.footprint(spawn.Instr.Parent()), spawn)
}

// unjoined reports whether the function can return while the goroutine runs.
func unjoined(f *Footprint, spawn *Spawn) bool {
	if spawn.Parallel {
		return false // it runs when the test function has returned
	}
	for _, step := range f.Steps {
		for _, join := range step.Joins {
			if step.Deferred && f.joins(join, spawn) {
				return false
			}
		}
	}
	after := reachableFrom(spawn.Instr, joinBarrier(f, spawn, nil))
	for _, block := range f.Fn.Blocks {
		if ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok && after.has(ret) {
			return true
		}
	}
	return false
}
