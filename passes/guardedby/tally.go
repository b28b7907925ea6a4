package guardedby

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// isTally reports whether a variable is a count that goes up or down under the
// lock and that nobody sets, so that no time comes from which it stays as it
// is, and whether a reader knows of the lock: it takes it for something else, or
// by a method of the same object.
//
//	func (c *cache) get(key string) any {       func (c *cache) String() string {
//		c.mu.Lock()                                 n := c.len() // takes the lock
//		defer c.mu.Unlock()                         return fmt.Sprint(n, c.hits) // reported
//		c.hits++                                }
func (j *judge) isTally(location sharing.Location, h *habit, v verdict, found []verdict) bool {
	if v.use.Writes() || len(breakers(found)) > 1 || !j.declared.isBelow(location, h) {
		return false
	}
	counts := func(use sharing.MapUse) bool { return !use.Writes() || isStep(use.Instr) }
	goesOn := func(use sharing.MapUse) bool { return use.Writes() && use.Entry.Kind == sharing.Exported }
	return !slices.ContainsFunc(h.uses, func(use sharing.MapUse) bool { return !counts(use) }) && slices.ContainsFunc(h.uses, goesOn) &&
		(j.evidence.Takes(v.use.Fn, h.class) || j.callsLocker(v.use, h.class, func(*ssa.Call) bool { return true }))
}

// isStep reports whether a store sets a number to itself with something added
// or taken away.
func isStep(instr ssa.Instruction) bool {
	store, ok := instr.(*ssa.Store)
	if !ok {
		return false
	}
	step, ok := store.Val.(*ssa.BinOp)
	if !ok || step.Op != token.ADD && step.Op != token.SUB {
		return false
	}
	old, ok := step.X.(*ssa.UnOp)
	return ok && old.Op == token.MUL && program.Same(old.X, store.Addr)
}
