package datarace

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// isPrelude reports whether who starts the goroutine calls the function before
// it does so, and nobody else of the package does: it is a part of the start.
func (o *objects) isPrelude(fn *ssa.Function, spawn *sharing.Spawn) bool {
	starter := spawn.Site.Parent()
	before := false
	sharing.Instructions(starter, func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok || !sharing.Reaches(call, spawn.Site) || sharing.Reaches(spawn.Site, call) {
			return
		}
		callee := sharing.Origin(call.Call.StaticCallee())
		before = before || callee == fn
	})
	return before && !slices.ContainsFunc(o.evidence.Callers(fn), func(caller *ssa.Function) bool { return caller != starter })
}
