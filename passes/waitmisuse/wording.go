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

// doneFinding blames the return that passes Done by, or Done where the function
// ends without a word.
func (s *skips) doneFinding(goroutine spawned, done ssa.CallInstruction, ret *ssa.Return, wait *ssa.Call) report.Finding {
	syntax := s.syntax(done)
	started := report.Here(report.Span{From: goroutine.site.Pos(), To: goroutine.site.Pos()}, "goroutine started here")
	waits := report.Here(s.syntax(wait), "waits here")
	group, at := s.name(syntax), report.FileLine(s.pass.Fset, wait.Pos())
	if !ret.Pos().IsValid() {
		return report.Finding{
			Range:   syntax,
			Subject: done,
			Message: fmt.Sprintf("%s.Done isn't come to on every path: Wait at %s waits for ever", group, at),
			Related: []analysis.RelatedInformation{started, waits},
		}
	}
	return report.Finding{
		Range:   report.Span{From: ret.Pos(), To: ret.Pos() + token.Pos(len("return"))},
		Subject: done,
		Message: fmt.Sprintf("return passes %s.Done by: Wait at %s waits for ever", group, at),
		Related: []analysis.RelatedInformation{started, report.Here(syntax, "done here on another path"), waits},
	}
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

func (s *skips) lateFinding(goroutine spawned, add ssa.CallInstruction, waits []*ssa.Call) report.Finding {
	syntax, started := s.syntax(add), goroutine.site.Pos()
	group := s.name(syntax)
	f := report.Finding{
		Range:   syntax,
		Subject: add,
		Message: fmt.Sprintf("%s.Add runs in the goroutine started at %s: %s.Wait at %s may come before it",
			group, report.FileLine(s.pass.Fset, started), group, report.FileLine(s.pass.Fset, waits[0].Pos())),
		Related: []analysis.RelatedInformation{report.Here(report.Span{From: started, To: started}, "goroutine started here")},
	}
	for _, wait := range waits {
		f.Related = append(f.Related, report.Here(s.syntax(wait), "waits here"))
	}
	if call, ok := syntax.(*ast.CallExpr); ok {
		f.Fixes = fixes(s.pass, call)
	}
	return f
}

// syntax returns the call in the source.
func (s *skips) syntax(instr ssa.CallInstruction) analysis.Range {
	var found analysis.Range = report.Span{From: instr.Pos(), To: instr.Pos()}
	ast.Inspect(instr.Parent().Syntax(), func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok && call.Lparen == instr.Common().Pos() {
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
