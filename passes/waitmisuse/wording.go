package waitmisuse

import (
	"fmt"
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/report"
)

func (s *skips) doneFinding(goroutine spawned, done *ssa.Call, ret *ssa.Return, wait *ssa.Call) report.Finding {
	syntax := s.syntax(done)
	f := report.Finding{
		Range:   syntax,
		Subject: done,
		Message: fmt.Sprintf("%s.Done isn't come to by the return at %s: Wait at %s waits for ever",
			s.name(syntax), report.FileLine(s.pass.Fset, ret.Pos()), report.FileLine(s.pass.Fset, wait.Pos())),
		Related: []analysis.RelatedInformation{
			report.Here(report.Span{From: goroutine.site.Pos(), To: goroutine.site.Pos()}, "goroutine started here"),
		},
	}
	if ret.Pos().IsValid() {
		f.Related = append(f.Related, report.Here(report.Span{From: ret.Pos(), To: ret.Pos() + token.Pos(len("return"))}, "returns here"))
	}
	f.Related = append(f.Related, report.Here(s.syntax(wait), "waits here"))
	return f
}

func (s *skips) addFinding(add call, wait *ssa.Call) report.Finding {
	syntax := s.syntax(add.instr)
	return report.Finding{
		Range:   syntax,
		Subject: add.instr,
		Message: fmt.Sprintf("%s.Add counts here also where nothing is started that calls Done: Wait at %s waits for ever",
			s.name(syntax), report.FileLine(s.pass.Fset, wait.Pos())),
		Related: []analysis.RelatedInformation{report.Here(s.syntax(wait), "waits here")},
	}
}

// syntax returns the call in the source.
func (s *skips) syntax(instr *ssa.Call) analysis.Range {
	var found analysis.Range = report.Span{From: instr.Pos(), To: instr.Pos()}
	ast.Inspect(instr.Parent().Syntax(), func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && call.Lparen == instr.Pos() {
			found = call
		}
		return true
	})
	return found
}

// name returns the group as the call spells it.
func (s *skips) name(syntax analysis.Range) string {
	if call, ok := syntax.(*ast.CallExpr); ok {
		if selector, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			return edit.Print(s.pass.Fset, selector.X)
		}
	}
	return "the WaitGroup"
}
