package explore

import "golang.org/x/tools/go/ssa"

// What clients come to is a mistake of the type only if the type is meant to
// be used like that. What a client does to itself, by calling Close twice or
// never, isn't; two methods that run at the same time are meant to when the
// type has a lock and their code takes it.

// believable reports whether a finding of a client shows a mistake of the
// type.
func (m *machine) believable(f *Finding) bool {
	switch f.Kind {
	case KindRelock, KindOnce, KindLockOrder:
		return true
	case KindLockBlock:
		return len(f.Ops) > 1 && !f.byCaller(&f.Ops[1]) && !f.byCaller(&f.Ops[len(f.Ops)-1])
	case KindDoubleClose, KindSendClosed, KindRace, KindMapRace, KindSyncRace:
		return len(f.Ops) > 1 && (m.entry.Kind == Handler || m.meantTogether(f, &f.Ops[0], &f.Ops[1]))
	}
	return false
}

// byCaller reports whether a client does an operation, rather than a
// goroutine that the type has started.
func (f *Finding) byCaller(op *Operation) bool {
	return op.Goroutine >= 0 && len(f.Goroutines[op.Goroutine].Spawn) == 0
}

// caller returns the client that an operation is done for, as an index, or
// -1.
func (f *Finding) caller(op *Operation) int {
	g := op.Goroutine
	for g >= 0 && len(f.Goroutines[g].Spawn) > 0 {
		g = f.Goroutines[g].Parent
	}
	return g
}

// meantTogether reports whether a type is meant for two operations at the
// same time: a goroutine of its own does one, or both clients synchronise.
func (m *machine) meantTogether(f *Finding, a, b *Operation) bool {
	if f.Kind == KindDoubleClose && f.byCaller(a) && f.byCaller(b) && f.caller(a) == f.caller(b) {
		return false
	}
	if f.caller(a) == f.caller(b) && f.caller(a) >= 0 {
		return !f.byCaller(a) || !f.byCaller(b)
	}
	if f.Kind == KindSyncRace && a.What != "write" {
		return false // Add and Wait by clients
	}
	return m.synchronises(f.caller(a), f) && m.synchronises(f.caller(b), f) ||
		isRace(f.Kind) && (a.guarded() && !m.sets(b) || b.guarded() && !m.sets(a))
}

func isRace(k Kind) bool { return k == KindRace || k == KindMapRace }

// guarded reports whether an access is made with others in mind.
func (op *Operation) guarded() bool {
	return len(op.Locks) > 0 || op.What == "atomic read" || op.What == "atomic write"
}

// sets reports whether an operation is that of a method that sets the type
// up, before it is shared: it only stores its arguments, or starts
// goroutines.
func (m *machine) sets(op *Operation) bool {
	if op.What != "write" || op.in == nil {
		return false
	}
	return isSetter(op.in) || spawnsItself(op.in)
}

// synchronises reports whether a client has taken a lock on its way.
func (m *machine) synchronises(client int, f *Finding) bool {
	if client < 0 {
		return false
	}
	for _, s := range f.Steps {
		if s.Goroutine == client && (s.What == "lock" || s.What == "read-lock") {
			return true
		}
	}
	return false
}

// isSetter reports whether a method only stores its arguments.
func isSetter(fn *ssa.Function) bool {
	if len(fn.Blocks) != 1 {
		return false
	}
	for _, instr := range fn.Blocks[0].Instrs {
		switch instr := instr.(type) {
		case *ssa.Store:
			if _, isConst := instr.Val.(*ssa.Const); isConst {
				return false
			}
		case *ssa.FieldAddr, *ssa.Return, *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.ChangeType, *ssa.Convert:
		default:
			return false
		}
	}
	return true
}
