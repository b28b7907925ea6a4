package mapguard

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// madeFirst reports whether the use makes a map where there is none, and
// nobody else ever sets the variable: whoever writes to the map needs that to
// have happened before, and from then on nothing is made any more.
//
//	func (c *config) setDefaults() {
//		if c.tunnels == nil {
//			c.tunnels = make(map[string]*tunnel)
//		}
//	}
func (j *judge) madeFirst(use sharing.MapUse, uses []sharing.MapUse) bool {
	if use.Use != sharing.Replaced || !makesIfNone(use.Instr) {
		return false
	}
	return !slices.ContainsFunc(uses, func(other sharing.MapUse) bool {
		return other.Use == sharing.Replaced && other.Access != use.Access
	})
}

// makesIfNone reports whether a store sets a variable to a new map right where
// a branch has found it nil.
func makesIfNone(instr ssa.Instruction) bool {
	store, ok := instr.(*ssa.Store)
	if !ok || len(store.Block().Preds) != 1 {
		return false
	}
	if _, makes := store.Val.(*ssa.MakeMap); !makes {
		return false
	}
	asks := store.Block().Preds[0]
	branch, ok := asks.Instrs[len(asks.Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	compared, ok := branch.Cond.(*ssa.BinOp)
	if !ok || compared.Op != token.EQL || asks.Succs[0] != store.Block() {
		return false
	}
	none, ok := compared.Y.(*ssa.Const)
	load, isLoad := compared.X.(*ssa.UnOp)
	return ok && none.IsNil() && isLoad && load.Op == token.MUL && program.Same(load.X, store.Addr)
}
