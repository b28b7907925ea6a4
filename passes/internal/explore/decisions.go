package explore

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Each answer that is assumed to a question about an unknown makes what is
// found on the path less certain: together they may be impossible. But not
// all of them count:
//
//   - however often a place in the code asks, in a loop or in several
//     goroutines, it counts once;
//   - what unknown code returns as an error is its own business, and both
//     answers are possible, as is what the values are that are formatted and
//     how often a library calls a function back;
//   - that somebody else takes part in an operation on a channel of theirs is
//     what the operation is there for;
//   - an answer that the operations of a finding don't know of, by
//     happens-before, isn't among their reasons;
//   - a question to which either answer leads to the same mistake doesn't
//     matter to it.

// A decision is an answer that was assumed, newest first.
type decision struct {
	prev  *decision
	at    ssa.Instruction // that asked, in the user's code
	g     gid
	epoch uint32
	n     int32
	truth bool
	free  bool // it makes nothing less certain
}

// decided notes an answer in a state.
func (m *machine) decided(st *state, c *symbol, truth bool) {
	st.unknowns++
	st.decisions = &decision{prev: st.decisions, at: m.instruction(), g: m.g.id, epoch: m.g.clock.at(m.g.id),
		n: st.decisions.count() + 1, truth: truth, free: c != nil && m.isFree(c)}
}

// isFree reports whether either answer to a question is as good as the other.
func (m *machine) isFree(c *symbol) bool {
	return isErrorOfCall(c) || m.fr != nil && m.fr.code.model && (c.kind == symTypeIs || c.kind == symFresh)
}

func (d *decision) count() int32 {
	if d == nil {
		return 0
	}
	return d.n
}

// isErrorOfCall reports whether a condition asks if unknown code failed.
func isErrorOfCall(c *symbol) bool {
	if len(c.args) == 0 {
		return false
	}
	if inner, ok := c.args[0].(*symbol); ok && c.kind == symUnop && c.tag == token.NOT {
		c = inner
	}
	if c.kind != symBinop || c.tag != token.EQL {
		return false
	}
	s, ok := c.args[0].(*symbol)
	_, isNil := c.args[1].(nilRef)
	return ok && isNil && s.kind == symFresh && len(s.args) == 0 && s.typ != nil && types.Identical(s.typ, errorType)
}

// instruction is the one that runs, or the call in the user's code that
// models run for.
func (m *machine) instruction() ssa.Instruction {
	for i := len(m.g.frames) - 1; i >= 0; i-- {
		fr := m.g.frames[i]
		instrs := fr.code.blocks[fr.block].Instrs
		if !fr.code.model && int(fr.pc) < len(instrs) {
			return instrs[fr.pc]
		}
	}
	return nil
}

// An assumption is what a place was assumed to answer the first time.
type assumption struct {
	at    ssa.Instruction
	truth bool
	free  bool
}

// weighing counts the assumptions that make a finding less certain.
func weighing(list []assumption) int {
	n := 0
	for _, a := range list {
		if !a.free {
			n++
		}
	}
	return n
}

// assumptions lists the relevant ones of a path.
func (st *state) assumptions(relevant func(d *decision) bool) []assumption {
	var list []assumption
next:
	for d := st.decisions; d != nil; d = d.prev {
		if !relevant(d) {
			continue
		}
		for i := range list {
			if list[i].at == d.at {
				list[i].truth = d.truth
				continue next
			}
		}
		list = append(list, assumption{d.at, d.truth, d.free})
	}
	return list
}

// knows reports whether a decision is among the reasons of an access.
func (a *access) knows(d *decision) bool {
	return d.n <= a.decided && a.clock.at(d.g) >= d.epoch
}

// An outcome is the set of answers under which a mistake happens.
type outcome uint8

const eitherWay outcome = 3

// occurred notes under which assumptions a mistake happens.
func (m *machine) occurred(key mistake, list []assumption) {
	if len(list) == 0 || m.muted {
		return
	}
	answers := m.answers[key]
	if answers == nil {
		answers = make(map[ssa.Instruction]outcome)
		m.answers[key] = answers
	}
	for _, a := range list {
		answers[a.at] |= 1 << flag(a.truth)
	}
}

// settleAssumptions counts the assumptions that matter to each mistake.
func (m *machine) settleAssumptions() {
	for key, f := range m.found {
		matters := slices.DeleteFunc(slices.Clone(f.assumed), func(a assumption) bool { return m.answers[key][a.at] == eitherWay })
		f.Unknowns = weighing(matters)
		f.noteUnlikely(matters)
	}
}
