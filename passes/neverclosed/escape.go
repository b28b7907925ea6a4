package neverclosed

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// usedAsValues returns the functions that are used other than by calling
// them, so that their callers aren't all seen.
func usedAsValues(funcs []*ssa.Function) map[*ssa.Function]bool {
	used := make(map[*ssa.Function]bool)
	for _, fn := range funcs {
		for _, block := range fn.Blocks {
			for _, instr := range block.Instrs {
				noteFunctionValues(instr, used)
			}
		}
	}
	return used
}

func noteFunctionValues(instr ssa.Instruction, used map[*ssa.Function]bool) {
	var called ssa.Value
	if call, ok := instr.(ssa.CallInstruction); ok {
		called = call.Common().Value
	}
	if closure, ok := instr.(*ssa.MakeClosure); ok {
		called = closure.Fn
		if !onlyCalled(closure) {
			used[closure.Fn.(*ssa.Function)] = true
		}
	}
	for _, operand := range instr.Operands(nil) {
		if fn, ok := (*operand).(*ssa.Function); ok && *operand != called {
			used[fn] = true
		}
	}
	if call, ok := instr.(ssa.CallInstruction); ok {
		for _, arg := range call.Common().Args {
			if fn, ok := arg.(*ssa.Function); ok {
				used[fn] = true
			}
		}
	}
}

// onlyCalled reports whether the closure's uses are calls of it.
func onlyCalled(closure *ssa.MakeClosure) bool {
	for _, use := range *closure.Referrers() {
		switch use := use.(type) {
		case *ssa.DebugRef:
		case ssa.CallInstruction:
			if use.Common().Value != closure {
				return false
			}
			for _, arg := range use.Common().Args {
				if arg == closure {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

// signature lets channels escape that callers outside of the package pass
// and receive.
func (a *aliases) signature(fn *ssa.Function) {
	if a.callersSeen(fn) {
		return
	}
	for _, param := range fn.Params {
		a.enters(param)
	}
	results := fn.Signature.Results()
	for n := range results.Len() {
		if t := results.At(n).Type(); match.IsChan(t) {
			a.hand(result{fn, n}, t)
		}
	}
}

// callersSeen reports whether all calls of the function stand in the package.
func (a *aliases) callersSeen(fn *ssa.Function) bool {
	if a.values[fn] {
		return false
	}
	obj, ok := fn.Object().(*types.Func)
	if !ok {
		return fn.Parent() != nil
	}
	return !obj.Exported() || obj.Signature().Recv() == nil && a.pkg.Pkg.Name() == "main"
}
