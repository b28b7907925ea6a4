package explore

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// isLastWord reports whether a race is of what a goroutine sets before it
// closes a channel and ends, and of a method that does nothing but return it:
//
//	func (l *Lines) run() {
//		defer close(l.lines)
//		for l.scan() {
//			l.lines <- l.text()
//		}
//		l.err = l.scanErr()
//	}
//
//	func (l *Lines) Err() error { return l.err }
//
// Whoever calls the method has seen the end of the channel before, as with
// bufio.Scanner and its like.
func (m *machine) isLastWord(f *Finding) bool {
	for i, op := range f.Ops {
		if op.Goroutine < 0 || len(f.Goroutines[op.Goroutine].Spawn) == 0 {
			continue
		}
		last, returned := false, false
		m.eachFunction(func(fn *ssa.Function) {
			last = last || slices.ContainsFunc(storesAt(fn, op.Pos), closesBehind)
			returned = returned || declares(fn, f.Ops[1-i].Pos) && onlyReturns(fn)
		})
		if last && returned {
			return true
		}
	}
	return false
}

// closesBehind reports whether a store is made once, and the function then
// closes a channel.
func closesBehind(store *ssa.Store) bool {
	goesOn := func(ssa.Instruction) bool { return false }
	if program.Leads(store, store, goesOn) {
		return false
	}
	for _, b := range store.Parent().Blocks {
		for _, instr := range b.Instrs {
			call, ok := instr.(ssa.CallInstruction)
			if !ok {
				continue
			}
			if program.Builtin(call.Common()) != "close" {
				continue
			}
			if _, deferred := instr.(*ssa.Defer); deferred || program.Leads(store, instr, goesOn) {
				return true
			}
		}
	}
	return false
}

// onlyReturns reports whether a function does nothing but return what lies in
// fields.
func onlyReturns(fn *ssa.Function) bool {
	if len(fn.Blocks) != 1 {
		return false
	}
	return !slices.ContainsFunc(fn.Blocks[0].Instrs, func(instr ssa.Instruction) bool {
		switch instr.(type) {
		case *ssa.FieldAddr, *ssa.Field, *ssa.UnOp, *ssa.DebugRef, *ssa.Return:
			return false
		}
		return true
	})
}
