package waitmisuse

import (
	"fmt"
	"go/ast"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// addedInside reports a goroutine that counts itself:
//
//	go s.handle(conn)
//
//	func (s *server) handle(conn net.Conn) {
//		s.handlers.Add(1) // reported
//		defer s.handlers.Done()
//
// Whoever waits may do so before it has come that far. A lock may keep the two
// apart, and a goroutine that starts others may count those.
func (s *skips) addedInside(add call) {
	waits := s.waits[add.group]
	i := slices.IndexFunc(s.spawned, func(g spawned) bool { return g.body == add.instr.Parent() })
	if i < 0 || len(waits) == 0 || !isField(add.group) || !s.countsItself(add) || !s.evidence().HeldAt(add.instr).None() {
		return
	}
	syntax, site := s.syntax(add.instr), s.spawned[i].site
	group := s.name(syntax)
	f := report.Finding{
		Range:   syntax,
		Subject: add.instr,
		Message: fmt.Sprintf("%s.Add runs in the goroutine started at %s: %s.Wait at %s may come before it",
			group, report.FileLine(s.pass.Fset, site.Pos()), group, report.FileLine(s.pass.Fset, waits[0].Pos())),
		Related: []analysis.RelatedInformation{report.Here(report.CallRange(s.evidence(), site), "goroutine started here")},
	}
	for _, wait := range waits {
		f.Related = append(f.Related, report.Here(report.CallRange(s.evidence(), wait), "waited for here"))
	}
	if call, ok := syntax.(*ast.CallExpr); ok {
		f.Fixes = fixes(s.pass, call)
	}
	s.found = append(s.found, f)
}

// countsItself reports whether the function defers the Done, starts no
// goroutine for which the Add could be, and tells nobody that it has come so far.
func (s *skips) countsItself(add call) bool {
	deferred, others := false, false
	sharing.Instructions(add.instr.Parent(), func(instr ssa.Instruction) {
		switch instr := instr.(type) {
		case *ssa.Defer:
			method, group := s.operation(instr.Common())
			deferred = deferred || method == "Done" && group == add.group
		case *ssa.Go:
			others = others || slices.Contains(s.dones[add.group], instr.Call.StaticCallee())
		case *ssa.Send:
			others = others || instr.Block() == add.instr.Block()
		case *ssa.Call:
			builtin, ok := instr.Call.Value.(*ssa.Builtin)
			others = others || ok && builtin.Name() == "close" && instr.Block() == add.instr.Block()
		}
	})
	return deferred && !others
}
