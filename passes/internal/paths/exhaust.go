package paths

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// exhausts reports whether a branch is the last of those by which a value is
// compared with all the constants that its type has: it equals one of them, or
// somebody has made a value that the type isn't meant to have.
//
//	switch b.State() {
//	case Open: …
//	case HalfOpen: …
//	case Closed: …
//	}
func exhausts(branch *ssa.If) bool {
	compared, with := constantTest(branch)
	if compared == nil {
		return false
	}
	missing := constantsOf(compared.Type())
	if len(missing) < 2 {
		return false
	}
	for with != nil {
		missing = slices.DeleteFunc(missing, func(v constant.Value) bool { return constant.Compare(v, token.EQL, with) })
		block := branch.Block()
		if len(block.Preds) != 1 {
			break
		}
		before, ok := block.Preds[0].Instrs[len(block.Preds[0].Instrs)-1].(*ssa.If)
		if !ok || before.Block().Succs[1] != block {
			break
		}
		branch = before
		var other ssa.Value
		if other, with = constantTest(branch); other != compared {
			break
		}
	}
	return len(missing) == 0
}

// constantTest returns what a branch compares with a constant that it has to
// equal, and the constant.
func constantTest(branch *ssa.If) (ssa.Value, constant.Value) {
	compared, ok := branch.Cond.(*ssa.BinOp)
	if !ok || compared.Op != token.EQL {
		return nil, nil
	}
	with, ok := compared.Y.(*ssa.Const)
	if !ok || with.Value == nil {
		return nil, nil
	}
	return compared.X, with.Value
}

// constantsOf returns the values of the constants that are declared of a type
// beside it.
func constantsOf(t types.Type) []constant.Value {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return nil
	}
	var values []constant.Value
	scope := named.Obj().Pkg().Scope()
	for _, name := range scope.Names() {
		c, ok := scope.Lookup(name).(*types.Const)
		if ok && types.Identical(c.Type(), named) && !slices.ContainsFunc(values, func(v constant.Value) bool { return constant.Compare(v, token.EQL, c.Val()) }) {
			values = append(values, c.Val())
		}
	}
	return values
}
