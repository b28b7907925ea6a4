package explore

import "golang.org/x/tools/go/ssa"

// A register that no instruction to come reads is dead. What only dead
// registers hold counts neither for the digest of a state (dead variable
// reduction; Bozga, Fernandez, Ghirvu, TACAS 1999) nor as reachable: the
// runtime's garbage collector and its goroutine-leak profile see it the same
// way.
//
// Liveness is a backward may-analysis over sets of registers. At every point
// what the recover block reads is live too, since any instruction may panic.

// bits is a set of registers.
type bits []uint64

func (b bits) add(i int32)      { b[i/64] |= 1 << (i % 64) }
func (b bits) drop(i int32)     { b[i/64] &^= 1 << (i % 64) }
func (b bits) has(i int32) bool { return b[i/64]&(1<<(i%64)) != 0 }

// join adds the members of x and reports whether b has grown.
func (b bits) join(x bits) bool {
	grown := false
	for i, w := range x {
		grown = grown || w&^b[i] != 0
		b[i] |= w
	}
	return grown
}

func (b bits) list() []int32 {
	var out []int32
	for i := range int32(len(b) * 64) {
		if b.has(i) {
			out = append(out, i)
		}
	}
	return out
}

// A liveness is what is known of the registers of one function.
type liveness struct {
	out      []bits            // at the end of each block
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
	set := append(bits(nil), c.liveness.out[block]...)
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
	return set.list()
}

func (c *code) findLive() *liveness {
	l := &liveness{out: make([]bits, len(c.blocks)), at: make(map[int64][]int32)}
	in := make([]bits, len(c.blocks))
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
			set := append(bits(nil), l.out[i]...)
			for j := len(b.Instrs) - 1; j >= 0; j-- {
				c.backward(set, b.Instrs[j])
			}
			changed = in[i].join(set) || changed
		}
	}
	if r := c.fn.Recover; r != nil {
		l.recovery = in[r.Index].list()
	}
	return l
}

func (c *code) noBits() bits { return make(bits, (c.nregs+63)/64) }

// addPhis adds what the phis of s read when they are reached from b.
func (c *code) addPhis(set bits, b, s *ssa.BasicBlock) {
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
func (c *code) backward(set bits, instr ssa.Instruction) {
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

func (c *code) use(set bits, v ssa.Value) {
	if v == nil {
		return
	}
	if i, ok := c.index[v]; ok {
		set.add(i)
	}
}
