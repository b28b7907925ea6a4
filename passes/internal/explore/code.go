package explore

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// code is a function made ready to run: its registers are numbered.
type code struct {
	fn      *ssa.Function
	name    uint64 // hashed
	index   map[ssa.Value]int32
	dst     [][]int32 // by block and instruction: the register of its value
	nregs   int32
	blocks  []*ssa.BasicBlock // by Index; the recover block may not be in fn.Blocks
	model   bool              // part of the models, not of the program
	covered []bool
	ways    []uint8 // of the If at the end of each block, those that were taken: bit 0 and bit 1
	loops   map[ssa.Instruction]loopExit

	liveness *liveness                // when asked
	effects  map[*ssa.BasicBlock]int  // likewise
	acting   map[*ssa.BasicBlock]bool // likewise, of the headers of loops
}

// A loopExit says which successors of an If lead back to it.
type loopExit struct{ back [2]bool }

func (m *machine) codeOf(fn *ssa.Function) *code {
	if c, ok := m.codes[fn]; ok {
		return c
	}
	c := &code{fn: fn, name: digestString(fn.String()), index: make(map[ssa.Value]int32), model: m.isModel(fn)}
	add := func(v ssa.Value) {
		c.index[v] = c.nregs
		c.nregs++
	}
	for _, p := range fn.Params {
		add(p)
	}
	for _, v := range fn.FreeVars {
		add(v)
	}
	blocks := fn.Blocks
	if r := fn.Recover; r != nil && (r.Index >= len(blocks) || blocks[r.Index] != r) {
		blocks = append(append([]*ssa.BasicBlock(nil), blocks...), r)
	}
	n := 0
	for _, b := range blocks {
		n = max(n, b.Index+1)
	}
	c.blocks = make([]*ssa.BasicBlock, n)
	c.dst = make([][]int32, n)
	c.covered = make([]bool, n)
	c.ways = make([]uint8, n)
	for _, b := range blocks {
		c.blocks[b.Index] = b
		c.dst[b.Index] = make([]int32, len(b.Instrs))
		for i, instr := range b.Instrs {
			c.dst[b.Index][i] = c.nregs
			if v, ok := instr.(ssa.Value); ok {
				add(v)
			}
		}
	}
	m.codes[fn] = c
	return c
}

// hasTaken reports whether somebody has gone one way of an If.
func (c *code) hasTaken(at *ssa.If, way int) bool {
	return c.ways[at.Block().Index]&(1<<way) != 0
}

// exits says, for an If, which successors lead back to it.
func (c *code) exits(at *ssa.If) loopExit {
	if e, ok := c.loops[at]; ok {
		return e
	}
	var e loopExit
	for i, succ := range at.Block().Succs {
		e.back[i] = program.BlockLeads(succ, at.Block())
	}
	if c.loops == nil {
		c.loops = make(map[ssa.Instruction]loopExit)
	}
	c.loops[at] = e
	return e
}

// position returns the best position of an instruction: its own, that of an
// operand, or that of a neighbour.
func position(instr ssa.Instruction) token.Pos {
	if pos := ownPosition(instr); pos.IsValid() {
		return pos
	}
	b := instr.Block()
	at := 0
	for i, other := range b.Instrs {
		if other == instr {
			at = i
		}
	}
	for d := 1; d < len(b.Instrs); d++ {
		for _, i := range []int{at + d, at - d} {
			if i >= 0 && i < len(b.Instrs) {
				if pos := ownPosition(b.Instrs[i]); pos.IsValid() {
					return pos
				}
			}
		}
	}
	return instr.Parent().Pos()
}

func ownPosition(instr ssa.Instruction) token.Pos {
	if pos := instr.Pos(); pos.IsValid() {
		return pos
	}
	switch instr := instr.(type) {
	case *ssa.Store:
		if pos := valuePosition(instr.Addr); pos.IsValid() {
			return pos
		}
		return valuePosition(instr.Val)
	case *ssa.UnOp:
		return valuePosition(instr.X)
	case *ssa.IndexAddr:
		return valuePosition(instr.X)
	case *ssa.FieldAddr:
		return valuePosition(instr.X)
	case *ssa.MapUpdate:
		return valuePosition(instr.Map)
	case *ssa.Lookup:
		return valuePosition(instr.X)
	case *ssa.Range:
		return valuePosition(instr.X)
	case *ssa.Next:
		return valuePosition(instr.Iter)
	case *ssa.RunDefers, *ssa.Return:
		return token.NoPos
	}
	return token.NoPos
}

func valuePosition(v ssa.Value) token.Pos {
	switch v := v.(type) {
	case *ssa.Alloc, *ssa.Parameter, *ssa.FreeVar, *ssa.Global, *ssa.Const:
		return token.NoPos // where it is declared, not used
	case ssa.Instruction:
		return ownPosition(v)
	}
	return token.NoPos
}
