package datarace

import (
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
	for _, fact := range program.Decided(store) {
		load, unset := unsetIf(fact.Cond)
		if load != nil && fact.Holds == unset && (l.evidence.PlaceOf(load) == place || l.evidence.Assigned(load.X) == place) {
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
		if program.IsZero(x) {
			x, y = y, x
		}
		if !program.IsZero(y) {
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
