package explore

import "go/types"

// What package slices does to elements that are known, so that the copy of a
// list of locks is a list of the same locks.

// cloneSlice is slices.Clone.
func cloneSlice(m *machine, inv *invocation, d delivery) {
	of, ok := inv.fn.Signature.Results().At(0).Type().Underlying().(*types.Slice)
	s, known := inv.args[0].(slice)
	if !ok || !known {
		m.unknownCall(inv, d)
		return
	}
	all, known := m.elems(s)
	if !known {
		m.unknownCall(inv, d)
		return
	}
	copied := m.newSlice(of.Elem(), s.len, s.len)
	m.writeElems(copied, all)
	m.deliver(d, copied)
}

// compactSlice is slices.Compact of a list without duplicates.
func compactSlice(m *machine, inv *invocation, d delivery) {
	s, known := inv.args[0].(slice)
	if !known {
		m.unknownCall(inv, d)
		return
	}
	m.touch(s, true)
	m.deliver(d, s)
}
