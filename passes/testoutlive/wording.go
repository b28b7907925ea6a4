package testoutlive

import (
	"fmt"
	"go/ast"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// comesLate words a use that the goroutine comes to in any case.
func (s *spawn) comesLate(u use) report.Finding {
	return s.finding(u, fmt.Sprintf("%s is called by a goroutine that nothing waits for: after the test has returned it panics", s.what(u)))
}

// failsLate words a use that the end of the test causes, with a fix where
// the error has a name.
func (s *spawn) failsLate(u use, by closing) report.Finding {
	blocked, closes := edit.Print(s.pass.Fset, by.blocked.Fun), edit.Print(s.pass.Fset, by.closes)
	f := s.finding(u, fmt.Sprintf("%s makes %s fail as the test ends, and nothing waits for the goroutine that then calls %s: it panics", closes, blocked, s.what(u)))
	f.Related = append(f.Related, report.Here(by.closes, "closed here"), report.Here(by.blocked, "fails then"))
	f.Fixes = s.exceptClosed(u, by)
	return f
}

// fires words a timer that nobody stops.
func (s *spawn) fires(u use) report.Finding {
	f := s.finding(u, fmt.Sprintf("%s is called by a timer that nothing stops: after the test has returned it panics", s.what(u)))
	stmt, ok := s.stmt.Node().(*ast.ExprStmt)
	if _, direct := s.stmt.Parent().Parent().Node().(*ast.FuncDecl); ok && direct {
		f.Fixes = []analysis.SuggestedFix{edit.Fix("Stop the timer when the test returns",
			edit.Insert(stmt.Pos(), "defer "), edit.Insert(stmt.End(), ".Stop()"))}
	}
	return f
}

func (s *spawn) finding(u use, message string) report.Finding {
	label := "goroutine started here"
	var at analysis.Range = s.call.Fun
	if _, ok := s.stmt.Node().(*ast.GoStmt); ok {
		at = report.Word(s.stmt.Node(), "go")
	}
	if s.kind == timer {
		label = "timer started here"
	}
	return report.Finding{
		Range:   report.Span{From: u.call.Fun.Pos(), To: u.call.Fun.End()},
		Message: message,
		Related: []analysis.RelatedInformation{report.Here(at, label)},
		Subject: s.call.Pos(),
	}
}

func (s *spawn) what(u use) string { return edit.Print(s.pass.Fset, u.call.Fun) }

// exceptClosed returns the fix that leaves the error alone which closing
// brings, where it is one that is known and the branch ends the goroutine's
// work.
func (s *spawn) exceptClosed(u use, by closing) []analysis.SuggestedFix {
	dot := strings.LastIndexByte(by.sentinel, '.')
	branch := s.lastBranch(u)
	if dot < 0 || branch == nil {
		return nil
	}
	pkg, sentinel := by.sentinel[:dot], by.sentinel[dot+1:]
	errorsName, edits, ok := edit.Import(s.pass, s.stmt, "errors")
	if !ok {
		return nil
	}
	name, more, ok := edit.Import(s.pass, s.stmt, pkg)
	if !ok || len(edits) > 0 && len(more) > 0 {
		return nil
	}
	err := edit.Print(s.pass.Fset, ast.Unparen(branch.Cond).(*ast.BinaryExpr).X)
	edits = append(append(edits, more...), edit.Insert(branch.Cond.End(), fmt.Sprintf(" && !%s.Is(%s, %s.%s)", errorsName, err, name, sentinel)))
	return []analysis.SuggestedFix{edit.Fix("Leave out "+name+"."+sentinel, edits...)}
}

// lastBranch returns the branch around the use if it is if err != nil without
// an else and the goroutine's last statement.
func (s *spawn) lastBranch(u use) *ast.IfStmt {
	last, ok := s.body.List[len(s.body.List)-1].(*ast.IfStmt)
	if !ok || last.Else != nil || !inside(last.Body, u.call.Pos()) {
		return nil
	}
	cond, ok := ast.Unparen(last.Cond).(*ast.BinaryExpr)
	if !ok || match.LocalVar(s.info, cond.X) == nil {
		return nil
	}
	return last
}
