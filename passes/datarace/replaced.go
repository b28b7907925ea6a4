package datarace

import (
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// replaced returns the use by which the function that starts a goroutine
// replaces what the goroutine reads, if it does so each time that it is called,
// and this read may come late:
//
//	func (h *host) reload(c *config) {
//		old := h.server
//		defer func() { go old.stop() }()
//		h.server = newServer(c)
//		go func() {
//			h.server.serve() // reported: another reload has perhaps replaced it
//		}()
//	}
//
// That the function keeps the old one, to end it, says that it is called again. Where
// the old one is told to end before it is replaced, or anything is waited for,
// the goroutine may have gone by then.
func (o *objects) replaced(read sharing.MapUse, uses []sharing.MapUse) (sharing.MapUse, bool) {
	spawn := read.Entry.Spawn
	load, ok := read.Instr.(*ssa.UnOp)
	if !ok || read.Writes() || spawn.Site != spawn.Instr || !sharing.IsReference(load.Type()) || o.evidence.JoinedOnWay(read.Effect) {
		return sharing.MapUse{}, false
	}
	for _, set := range uses {
		if set.Use != sharing.Replaced || set.Fn != read.Entry.Fn || set.Entry.Kind == sharing.Goroutine || set.Entry.Kind == sharing.Sequential || set.Held.Excludes(read.Held) {
			continue
		}
		if !set.Instr.Block().Dominates(spawn.Instr.Block()) || !sharing.Reaches(set.Instr, spawn.Instr) || o.evidence.JoinedOnWay(set.Effect) {
			continue
		}
		if slices.ContainsFunc(uses, func(old sharing.MapUse) bool { return keepsOld(old, set) }) {
			return set, true
		}
	}
	return sharing.MapUse{}, false
}

func (o *objects) replacedFinding(read, set sharing.MapUse) report.Finding {
	from, to := o.evidence.SpawnRange(read.Entry.Spawn)
	return report.Finding{
		Range:   read.Expr,
		Subject: read.Access,
		Message: fmt.Sprintf("%s is read here while another call of %s may replace it at %s (%s)", edit.Print(o.pass.Fset, read.Expr), set.Fn.Name(),
			report.FileLine(o.pass.Fset, set.Expr.Pos()), lockOf(set.Effect)),
		Related: []analysis.RelatedInformation{
			report.Here(report.Span{From: from, To: to}, "goroutine started here"),
			report.Here(set.Expr, "written here"),
		},
	}
}

// keepsOld reports whether a function loads what a variable holds before it
// replaces that, and needs it when it has.
func keepsOld(old, set sharing.MapUse) bool {
	load, ok := old.Instr.(*ssa.UnOp)
	if !ok || old.Fn != set.Fn || old.Entry != set.Entry || !sharing.Reaches(load, set.Instr) || sharing.Reaches(set.Instr, load) || !load.Block().Dominates(set.Instr.Block()) {
		return false
	}
	later := false
	for _, ref := range *load.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.BinOp:
		case *ssa.Store:
			cell, ok := ref.Addr.(*ssa.Alloc)
			later = later || ok && ref.Val == load && isCaptured(cell)
		case *ssa.Defer:
			later = true
		default:
			if sharing.Reaches(ref, set.Instr) {
				return false // told to end, perhaps
			}
			later = true
		}
	}
	return later
}

// isCaptured reports whether a function literal knows a variable.
func isCaptured(cell *ssa.Alloc) bool {
	return slices.ContainsFunc(*cell.Referrers(), func(ref ssa.Instruction) bool {
		_, ok := ref.(*ssa.MakeClosure)
		return ok
	})
}
