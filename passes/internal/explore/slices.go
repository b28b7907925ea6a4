package explore

import (
	"go/types"
	"slices"
)

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

// compactSlice is slices.Compact. Unknown elements are taken for different, as
// unknown objects are everywhere.
func compactSlice(m *machine, inv *invocation, d delivery) {
	s, isSlice := inv.args[0].(slice)
	all, known := m.elems(inv.args[0])
	if !isSlice || !known {
		m.unknownCall(inv, d)
		return
	}
	kept := slices.CompactFunc(all, func(a, b value) bool {
		equal, known := same(a, b)
		return known && equal
	})
	m.writeElems(s, kept)
	s.len = int64(len(kept))
	m.deliver(d, s)
}
