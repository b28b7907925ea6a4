package datarace

import (
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// claimed reports whether a branch on the result of an atomic operation, or
// of an operation on a channel that doesn't wait, decides whether the access is made.
//
//	if won.CompareAndSwap(false, true) { first = answer }
func claimed(e sharing.Effect) bool {
	if decided(e.Instr) {
		return true
	}
	for _, call := range e.Calls {
		if decided(call) {
			return true
		}
	}
	return false
}

func decided(instr ssa.Instruction) bool {
	for block := instr.Block().Idom(); block != nil; block = block.Idom() {
		branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
		if ok && asksAtomic(branch.Cond, maxTerms) {
			return true
		}
	}
	return false
}

// maxTerms bounds the depth of a condition that is looked at.
const maxTerms = 4

func asksAtomic(v ssa.Value, depth int) bool {
	if depth == 0 {
		return false
	}
	switch v := v.(type) {
	case *ssa.Call:
		fn := sharing.CalleeObject(&v.Call)
		return fn != nil && (model.AtomicOperation(fn) != model.NoAtomic || fn.Pkg() != nil && fn.Pkg().Path() == "sync/atomic" || fn.Name() == "TryLock")
	case *ssa.BinOp:
		return asksAtomic(v.X, depth-1) || asksAtomic(v.Y, depth-1)
	case *ssa.UnOp:
		return asksAtomic(v.X, depth-1)
	case *ssa.Extract:
		_, isSelect := v.Tuple.(*ssa.Select)
		return isSelect && !v.Tuple.(*ssa.Select).Blocking
	}
	return false
}
