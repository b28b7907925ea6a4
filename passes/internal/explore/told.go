package explore

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A channel of an object that the program hasn't made may be served by code
// that we don't see, at any time. But where the package itself serves it,
// behind an access, whoever has received from it comes after that access:
//
//	t.result = r                      case <-t.done:
//	close(t.done)                         return t.result
//
// What the machine takes for somebody else's close was this one, or one that
// came behind another access like it.

// tells reports whether the goroutine of an access signals, by the code that
// makes the access, on a channel from which the other one's goroutine was
// served before.
func (m *machine) tells(a, other *access) bool {
	for s := other.racer.served; s != nil; s = s.next {
		if s.field == nil {
			continue
		}
		for at := a.site; at != nil; at = at.caller {
			if signalsBehind(at, s.field) {
				return true
			}
		}
	}
	return false
}

// signalsBehind reports whether a function sends on the channel in a field, or
// closes it, further down than a place in it, or when it returns.
func signalsBehind(at *site, field types.Object) bool {
	return slices.ContainsFunc(at.fn.Blocks, func(b *ssa.BasicBlock) bool {
		return slices.ContainsFunc(b.Instrs, func(instr ssa.Instruction) bool {
			_, deferred := instr.(*ssa.Defer)
			return deeds(instr)[field]&(sends|closes) != 0 && (deferred || instr.Pos() > at.pos)
		})
	})
}

// servedBy returns the field that holds the channel which the environment
// serves, nil if it isn't one.
func (m *machine) servedBy(g *goroutine, t transition) types.Object {
	needs := m.needs(g)
	if i := max(t.i, 0); i < len(needs) && needs[i].deed&closes != 0 {
		return needs[i].field
	}
	return nil
}
