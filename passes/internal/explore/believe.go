package explore

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// What clients do is assumed, so of what they show only that counts which
// the package itself gives evidence of.

// believes reports whether a finding of a client is the package's mistake.
// A blocked operation may wait for a call that this client doesn't make, and
// code outside may be told not to call two methods at once, but
//   - a goroutine that the package starts runs beside its clients, and when it
//     waits on a channel that can't be reached from the value, no client helps,
//   - a server calls handlers on many goroutines,
//   - where one side of a race holds a lock of the value, the value is meant
//     for several goroutines,
//   - locks that wait for each other wait for ever.
func (c *client) believes(m *machine, f *Finding) bool {
	switch f.Kind {
	case KindRace, KindMapRace:
		switch {
		case c.guarded(f):
			if !c.inside(f) || f.bothLock() {
				f.raced = nil // the lock says that nothing else orders them
			}
		case !c.inside(f) && !c.served, c.isStream(f), m.isLastWord(f), c.runsTwice(f):
			return false
		}
		if c.together && c.excludeOneAnother() {
			return false
		}
		return !c.probe && (c.served || !c.setter(f) && !m.prepares(c, f) && !m.isPrelude(c) && !c.configures(f) && !c.startsAnew(f) && !c.saysAlone())
	case KindRelock, KindLockOrder, KindOnce:
		return !c.probe
	case KindLockBlock:
		return !c.probe && c.inside(f)
	case KindSend, KindReceive, KindSelect, KindNeverClose:
		if f.Deserted && c.together {
			return !c.isContract(f) && c.anOrderKnown()
		}
		return f.Deserted || !c.probe && f.Private && f.Ops[0].Goroutine >= 0 && len(f.Goroutines[f.Ops[0].Goroutine].Spawn) > 0
	case KindSendClosed, KindDoubleClose, KindSyncRace:
		if c.isJudged() && (c.isContract(f) || !c.ordersKnown()) || c.repeated { // callers may be told to call it once
			return false
		}
		if c.runsTwice(f) {
			return false
		}
		return (c.probe || c.again && f.Kind == KindDoubleClose || c.together || c.inside(f)) && m.isChannel(f.Ops[0].Object)
	}
	return false
}

func (m *machine) isChannel(object Object) bool {
	o := m.st.object(object.at.obj)
	if o == nil {
		return true // misuse that panics: it names no object
	}
	_, ok := o.val.(*channel)
	return ok
}

// inside reports whether a goroutine that the package started takes part.
func (c *client) inside(f *Finding) bool {
	for _, op := range f.Ops {
		if op.Goroutine >= 0 && len(f.Goroutines[op.Goroutine].Spawn) > 0 {
			return true
		}
	}
	return false
}

// guarded reports whether one side holds a lock that lies beside what is
// accessed, or in the client's value, and the other holds none such: it was
// forgotten there.
func (c *client) guarded(f *Finding) bool {
	return holdsBeside(f, &f.Ops[0]) != holdsBeside(f, &f.Ops[1])
}

// bothLock reports whether the goroutine of each access takes one of the
// locks that the other holds.
func (f *Finding) bothLock() bool {
	for i := range f.Ops {
		for _, lock := range f.Ops[i].Locks {
			for _, s := range f.Steps {
				if s.Goroutine == f.Ops[1-i].Goroutine && s.Object.Is(lock.Object) {
					return true
				}
			}
		}
	}
	return false
}

func holdsBeside(f *Finding, op *Operation) bool {
	for _, lock := range op.Locks {
		if at := lock.Object.at.obj; !lock.Tried && (at == op.Object.at.obj || at == f.client) {
			return true
		}
	}
	return false
}

// setter reports whether a side of a race stands in a method that does
// nothing but store, or stores what it was given: one that is called before
// the others.
func (c *client) setter(f *Finding) bool {
	for _, op := range f.Ops {
		for _, fn := range []*ssa.Function{c.setup, c.first, c.second} {
			if fn != nil && declares(fn, op.Pos) && (onlyStores(fn) || storesGiven(fn, op.Pos) || resets(fn, op.Pos)) {
				return true
			}
		}
	}
	return false
}

// configures reports whether a race without any lock is with a method that
// says by its name that it sets something: that is for before the start.
func (c *client) configures(f *Finding) bool {
	for i, op := range f.Ops {
		if len(f.Ops[1-i].Locks) > 0 {
			continue
		}
		for _, fn := range []*ssa.Function{c.setup, c.first, c.second} {
			if fn != nil && strings.HasPrefix(fn.Name(), "Set") && declares(fn, op.Pos) && len(storesAt(fn, op.Pos)) > 0 {
				return true
			}
		}
	}
	return false
}

// storesGiven reports whether what a function stores at a place is one of
// its parameters, or a part of one.
func storesGiven(fn *ssa.Function, at token.Pos) bool {
	return slices.ContainsFunc(storesAt(fn, at), func(s *ssa.Store) bool { return isGiven(fn, s.Val) })
}

// resets reports whether a function stores nil at a place, and elsewhere what
// it was given, or something made to that size.
func resets(fn *ssa.Function, at token.Pos) bool {
	isNil := func(s *ssa.Store) bool {
		c, ok := s.Val.(*ssa.Const)
		return ok && c.IsNil()
	}
	if !slices.ContainsFunc(storesAt(fn, at), isNil) {
		return false
	}
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if store, ok := instr.(*ssa.Store); ok && isGiven(fn, store.Val) {
				return true
			}
		}
	}
	return false
}

// storesAt returns what a function stores at a place.
func storesAt(fn *ssa.Function, at token.Pos) []*ssa.Store {
	var list []*ssa.Store
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			if store, ok := instr.(*ssa.Store); ok && position(store) == at {
				list = append(list, store)
			}
		}
	}
	return list
}

func isGiven(fn *ssa.Function, v ssa.Value) bool {
	for range 8 {
		switch x := v.(type) {
		case *ssa.Parameter:
			return x != fn.Params[0]
		case *ssa.UnOp:
			v = x.X
		case *ssa.FieldAddr:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		case *ssa.ChangeInterface:
			v = x.X
		case *ssa.Convert:
			v = x.X
		case *ssa.Phi: // or something else instead
			return slices.ContainsFunc(x.Edges, func(e ssa.Value) bool {
				given, ok := e.(*ssa.Parameter)
				return ok && isGiven(fn, given)
			})
		case *ssa.MakeInterface:
			v = x.X
		case *ssa.MakeChan:
			v = x.Size
		case *ssa.MakeSlice:
			v = x.Len
		default:
			return false
		}
	}
	return false
}

func declares(fn *ssa.Function, pos token.Pos) bool {
	syntax := fn.Syntax()
	return syntax != nil && syntax.Pos() <= pos && pos < syntax.End()
}

func onlyStores(fn *ssa.Function) bool {
	if len(fn.Blocks) != 1 {
		return false
	}
	for _, instr := range fn.Blocks[0].Instrs {
		switch instr := instr.(type) {
		case *ssa.FieldAddr, *ssa.DebugRef, *ssa.Return, *ssa.MakeInterface, *ssa.ChangeType, *ssa.ChangeInterface:
		case *ssa.Store:
			if _, isConst := instr.Val.(*ssa.Const); isConst {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// onlyInside reports whether all code of the package that could serve a
// blocked operation is what the goroutines run that wait for the lock: they
// are stuck, and nobody else will come.
func (m *machine) onlyInside(blocked *goroutine, waiting []*goroutine) bool {
	o := blocked.op
	if o.kind == opWait {
		return true // those that count down are counted
	}
	for _, need := range m.needs(blocked) {
		if !m.onlyThey(waiting, need) {
			return false
		}
	}
	return len(m.needs(blocked)) > 0
}

// A need is what would serve a channel operation: a deed done to a field.
type need struct {
	field types.Object
	deed  deed
}

// onlyThey reports whether all code that would serve a need is run by some of
// the goroutines.
func (m *machine) onlyThey(gs []*goroutine, n need) bool {
	served, ok := false, n.field != nil
	m.eachFunction(func(fn *ssa.Function) {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				if deeds(instr)[n.field]&n.deed == 0 {
					continue
				}
				if slices.ContainsFunc(gs, func(g *goroutine) bool { return runs(g, fn) }) {
					served = true
				} else {
					ok = false
				}
			}
		}
	})
	return served && ok
}

// needs returns what would serve the channel operation that a goroutine is
// blocked at, one for each case.
func (m *machine) needs(g *goroutine) []need {
	fr := g.frames[len(g.frames)-1]
	instrs := fr.code.blocks[fr.block].Instrs
	if int(fr.pc) >= len(instrs) {
		return nil
	}
	switch instr := instrs[fr.pc].(type) {
	case *ssa.Send:
		return []need{{objectOf(instr.Chan), receives}}
	case *ssa.UnOp:
		return []need{{objectOf(instr.X), sends | closes}}
	case *ssa.Select:
		var list []need
		for _, c := range instr.States {
			if c.Dir == types.SendOnly {
				list = append(list, need{objectOf(c.Chan), receives})
			} else {
				list = append(list, need{objectOf(c.Chan), sends | closes})
			}
		}
		return list
	}
	return nil
}

func runs(g *goroutine, fn *ssa.Function) bool {
	return slices.ContainsFunc(g.frames, func(fr *frame) bool { return fr.code.fn == fn })
}

// places are the positions of a finding's operations, in order.
func places(f *Finding) [2]token.Pos {
	a := f.Ops[0].Pos
	b := f.Ops[len(f.Ops)-1].Pos
	return [2]token.Pos{min(a, b), max(a, b)}
}
