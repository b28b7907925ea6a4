package explore

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// prepares reports whether a race is with a method that fills in a reference
// which nobody else does, and which the other side follows without a look
// whether it is there: before that it would crash, so it comes later.
//
//	func (c *Conn) Connect() error { c.conn = dial(); go c.readLoop() … }
//	func (c *Conn) Write(p []byte) error { return c.conn.Write(p) }
//
// Of a value that no constructor makes all references are such.
func (m *machine) prepares(c *client, f *Finding) bool {
	for i, op := range f.Ops {
		for _, fn := range c.runBy(f, op) {
			for _, store := range storesAt(fn, op.Pos) {
				if isReference(store.Val) && (c.constructor == nil || m.onlyFiller(fn, c.prints.of(fn).calls, store) && !m.looksFirst(f.Ops[1-i].Pos, store)) {
					return true
				}
			}
		}
	}
	return false
}

// runBy returns the client's methods, and what they call of their own
// goroutine if it is that which makes an operation.
func (c *client) runBy(f *Finding, op Operation) []*ssa.Function {
	var list []*ssa.Function
	for _, fn := range []*ssa.Function{c.first, c.second} {
		if fn == nil {
			continue
		}
		list = append(list, fn)
		for callee := range c.prints.of(fn).calls {
			if c.constructor != nil && op.Goroutine >= 0 && len(f.Goroutines[op.Goroutine].Spawn) == 0 && declares(callee, op.Pos) {
				list = append(list, callee)
			}
		}
	}
	return list
}

// onlyFiller reports whether a function alone sets a field, with those that it
// calls, its parts, and comes to its end: others can wait for it.
func (m *machine) onlyFiller(fn *ssa.Function, parts map[*ssa.Function]bool, store *ssa.Store) bool {
	field, alone := objectOf(store.Addr), true
	m.eachFunction(func(other *ssa.Function) {
		if other == fn || parts[other] || !alone {
			return
		}
		for _, b := range other.Blocks {
			for _, instr := range b.Instrs {
				set, ok := instr.(*ssa.Store)
				alone = alone && !(ok && objectOf(set.Addr) == field)
			}
		}
	})
	return alone && field != nil && !serves(store)
}

// serves reports whether a function may come back to some code behind a store
// again and again: callers of such a loop don't wait for its end.
func serves(store *ssa.Store) bool {
	var inLoop func(b *ssa.BasicBlock, seen map[*ssa.BasicBlock]bool) bool
	inLoop = func(b *ssa.BasicBlock, seen map[*ssa.BasicBlock]bool) bool {
		if seen[b] {
			return false
		}
		seen[b] = true
		return slices.ContainsFunc(b.Succs, func(s *ssa.BasicBlock) bool { return s.Dominates(b) || inLoop(s, seen) })
	}
	return inLoop(store.Block(), make(map[*ssa.BasicBlock]bool))
}

// looksFirst reports whether the function of an access compares the field of
// a store with nil.
func (m *machine) looksFirst(at token.Pos, store *ssa.Store) bool {
	field, looks := objectOf(store.Addr), false
	m.eachFunction(func(fn *ssa.Function) {
		if !declares(fn, at) {
			return
		}
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				test, ok := instr.(*ssa.BinOp)
				looks = looks || ok && (test.Op == token.EQL || test.Op == token.NEQ) && objectOf(test.X) == field
			}
		}
	})
	return looks
}

func isReference(v ssa.Value) bool {
	switch v.Type().Underlying().(type) {
	case *types.Pointer, *types.Chan, *types.Map, *types.Signature, *types.Interface:
		return true
	}
	return false
}

// isPrelude reports whether the client's second method is a part of the first,
// which is the only one to call it: what comes before its goroutines are started
// isn't meant to come again. So is a method Init of all that others do.
//
//	func (a *Agent) Start() { a.StartServer(); go a.loop() }
func (m *machine) isPrelude(c *client) bool {
	if c.first == nil || c.second == nil || c.first == c.second {
		return false
	}
	if sharing.IsInitializer(c.second) || c.together && sharing.IsInitializer(c.first) {
		return true
	}
	others, within := false, false
	m.eachFunction(func(fn *ssa.Function) {
		for _, b := range fn.Blocks {
			for _, instr := range b.Instrs {
				call, ok := instr.(*ssa.Call)
				if !ok || call.Call.StaticCallee() != c.second {
					continue
				}
				within = within || fn == c.first && !startsBefore(call)
				others = others || fn != c.first
			}
		}
	})
	return within && !others
}

// startsBefore reports whether the function of a call may have started a
// goroutine before it.
func startsBefore(call *ssa.Call) bool {
	return slices.ContainsFunc(call.Parent().Blocks, func(b *ssa.BasicBlock) bool {
		return slices.ContainsFunc(b.Instrs, func(instr ssa.Instruction) bool {
			_, starts := instr.(*ssa.Go)
			return starts && sharing.Reaches(instr, call)
		})
	})
}
