package datarace

import (
	"go/constant"
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// asks returns the load by which the function asks whether the variable is
// set, of a branch that leads to the write if it isn't.
func (l *late) asks(write sharing.MapUse) *ssa.UnOp {
	store, ok := write.Instr.(*ssa.Store)
	if !ok {
		return nil
	}
	place := l.evidence.Assigned(store.Addr)
	for block := store.Block(); block.Idom() != nil; block = block.Idom() {
		above := block.Idom()
		branch, ok := above.Instrs[len(above.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		load, unset := unsetIf(branch.Cond)
		if load == nil || l.evidence.PlaceOf(load) != place && l.evidence.Assigned(load.X) != place {
			continue
		}
		way := above.Succs[1]
		if unset {
			way = above.Succs[0]
		}
		if len(way.Preds) == 1 && way.Dominates(store.Block()) {
			return load
		}
	}
	return nil
}

// unsetIf returns the load that a condition compares with the zero value, and
// whether the condition holds if it is that.
func unsetIf(cond ssa.Value) (load *ssa.UnOp, unset bool) {
	switch cond := cond.(type) {
	case *ssa.UnOp:
		if cond.Op == token.NOT {
			load, unset = unsetIf(cond.X)
			return load, !unset
		}
		return loadOf(cond), false
	case *ssa.BinOp:
		if cond.Op != token.EQL && cond.Op != token.NEQ {
			return nil, false
		}
		x, y := cond.X, cond.Y
		if c, ok := x.(*ssa.Const); ok && isZero(c) {
			x, y = y, x
		}
		if c, ok := y.(*ssa.Const); !ok || !isZero(c) {
			return nil, false
		}
		if call, ok := x.(*ssa.Call); ok && program.Builtin(&call.Call) == "len" {
			x = call.Call.Args[0]
		}
		return loadOf(x), cond.Op == token.EQL
	}
	return nil, false
}

func loadOf(v ssa.Value) *ssa.UnOp {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil
	}
	return load
}

func isZero(c *ssa.Const) bool {
	if c.Value == nil {
		return true
	}
	switch c.Value.Kind() {
	case constant.String:
		return constant.StringVal(c.Value) == ""
	case constant.Int, constant.Float:
		return constant.Sign(c.Value) == 0
	case constant.Bool:
		return !constant.BoolVal(c.Value)
	}
	return false
}
