package explore

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A register that no instruction to come reads is dead. What only dead
// registers hold counts neither for the digest of a state (dead variable
// reduction; Bozga, Fernandez, Ghirvu, TACAS 1999) nor as reachable: the
// runtime's garbage collector and its goroutine-leak profile see it the same
// way.
//
// Liveness is a backward may-analysis over sets of registers. At every point
// what the recover block reads is live too, since any instruction may panic.

// A liveness is what is known of the registers of one function.
type liveness struct {
	out      []bitset          // at the end of each block
	recovery []int32           // live when a panic passes through
	at       map[int64][]int32 // by place, computed when asked
}

// live lists the registers of a frame that it may still read. One that rests
// stands at a call or operation that has read its operands already.
func (fr *frame) live(rests bool) []int32 {
	c := fr.code
	if c.liveness == nil {
		c.liveness = c.findLive()
	}
	if fr.unwinding {
		return c.liveness.recovery
	}
	at := int64(fr.block)<<32 | int64(fr.pc)<<1
	if rests {
		at++
	}
	list, ok := c.liveness.at[at]
	if !ok {
		list = c.liveAt(fr.block, fr.pc, rests)
		c.liveness.at[at] = list
	}
	return list
}

func (c *code) liveAt(block, pc int32, rests bool) []int32 {
	set := append(bitset(nil), c.liveness.out[block]...)
	instrs := c.blocks[block].Instrs
	first := int(pc)
	if rests {
		first++
	}
	for i := len(instrs) - 1; i >= first; i-- {
		c.backward(set, instrs[i])
	}
	if rests && int(pc) < len(instrs) {
		if v, ok := instrs[pc].(ssa.Value); ok {
			set.drop(c.index[v])
		}
	}
	for _, i := range c.liveness.recovery {
		set.add(i)
	}
	return slices.Collect(set.all())
}

func (c *code) findLive() *liveness {
	l := &liveness{out: make([]bitset, len(c.blocks)), at: make(map[int64][]int32)}
	in := make([]bitset, len(c.blocks))
	for i := range c.blocks {
		l.out[i], in[i] = c.noBits(), c.noBits()
	}
	for changed := true; changed; {
		changed = false
		for i := len(c.blocks) - 1; i >= 0; i-- {
			b := c.blocks[i]
			if b == nil {
				continue
			}
			for _, s := range b.Succs {
				l.out[i].join(in[s.Index])
				c.addPhis(l.out[i], b, s)
			}
			set := append(bitset(nil), l.out[i]...)
			for j := len(b.Instrs) - 1; j >= 0; j-- {
				c.backward(set, b.Instrs[j])
			}
			changed = in[i].join(set) || changed
		}
	}
	if r := c.fn.Recover; r != nil {
		l.recovery = slices.Collect(in[r.Index].all())
	}
	return l
}

func (c *code) noBits() bitset { return newBits(int(c.nregs)) }

// addPhis adds what the phis of s read when they are reached from b.
func (c *code) addPhis(set bitset, b, s *ssa.BasicBlock) {
	for _, instr := range s.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			return
		}
		for i, pred := range s.Preds {
			if pred == b {
				c.use(set, phi.Edges[i])
			}
		}
	}
}

// backward turns what is live behind an instruction into what is live before
// it. Phis read at the end of the blocks that lead to them.
func (c *code) backward(set bitset, instr ssa.Instruction) {
	if v, ok := instr.(ssa.Value); ok {
		set.drop(c.index[v])
	}
	if _, ok := instr.(*ssa.Phi); ok {
		return
	}
	var buf [16]*ssa.Value
	for _, v := range instr.Operands(buf[:0]) {
		c.use(set, *v)
	}
}

func (c *code) use(set bitset, v ssa.Value) {
	if v == nil {
		return
	}
	if i, ok := c.index[v]; ok {
		set.add(i)
	}
}
