package explore

import (
	"go/constant"
	"go/token"
	"go/types"
	"sort"

	"golang.org/x/tools/go/ssa"
)

// When a program does the same thing a thousand times, a few times show the
// same mistakes (the small-scope hypothesis). Only after the exact run was
// cut short, the entry is explored again with the constants that bound
// loops, buffers and counters made small: equal ones stay equal and their
// order is kept.

// scaled returns small values for the large constants of the functions that
// the entry has come to, nil if there are none.
func (m *machine) scaled() map[int64]int64 { return m.smallFor(2, bounding) }

// scaledBuffers is like scaled for the capacities of channels alone.
func (m *machine) scaledBuffers() map[int64]int64 {
	return m.smallFor(smallBuffer, func(instr ssa.Instruction) []ssa.Value {
		if made, ok := instr.(*ssa.MakeChan); ok {
			return []ssa.Value{made.Size}
		}
		return nil
	})
}

// smallFor returns small values for the constants above a limit which are
// among the operands that counts picks.
func (m *machine) smallFor(limit int64, counts func(ssa.Instruction) []ssa.Value) map[int64]int64 {
	seen := make(map[int64]bool)
	for fn := range m.entered {
		if fn.Prog == m.models.prog {
			continue
		}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				for _, c := range counts(instr) {
					if n, ok := countOf(c); ok && n > limit {
						seen[n] = true
					}
				}
			}
		}
	}
	if len(seen) == 0 {
		return nil
	}
	values := make([]int64, 0, len(seen))
	for n := range seen {
		values = append(values, n)
	}
	sort.Slice(values, func(i, j int) bool { return values[i] < values[j] })
	small := make(map[int64]int64)
	for i, n := range values {
		small[n] = int64(i) + 2
	}
	return small
}

// bounding returns the operands of an instruction that count something.
func bounding(instr ssa.Instruction) []ssa.Value {
	switch instr := instr.(type) {
	case *ssa.BinOp:
		switch instr.Op {
		case token.LSS, token.LEQ, token.GTR, token.GEQ, token.EQL, token.NEQ:
			return []ssa.Value{instr.X, instr.Y}
		}
	case *ssa.MakeChan:
		return []ssa.Value{instr.Size}
	case *ssa.MakeSlice:
		return []ssa.Value{instr.Len, instr.Cap}
	case *ssa.Call:
		return instr.Call.Args
	}
	return nil
}

// countOf returns a constant of a plain integer type; durations and other
// quantities keep their value.
func countOf(v ssa.Value) (int64, bool) {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil || c.Value.Kind() != constant.Int {
		return 0, false
	}
	if _, plain := types.Unalias(c.Type()).(*types.Basic); !plain {
		return 0, false
	}
	return constant.Int64Val(c.Value)
}
