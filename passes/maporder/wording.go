package maporder

import (
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// finding words what an iteration does by itself.
func (l *loop) finding(s sink) report.Finding {
	of := edit.Print(l.pass.Fset, l.of)
	return report.Finding{
		Range:   s.at,
		Message: fmt.Sprintf("%s in the order of map %s, which changes from run to run", s.what, of),
		Related: []analysis.RelatedInformation{report.Here(report.Word(l.stmt, "for"), "range over "+of)},
		Subject: s.at.Pos(),
		Fixes:   l.sortedKeys(),
	}
}

// appended words an append to a list whose order is seen later.
func (l *loop) appended(s sink, e end) report.Finding {
	of := edit.Print(l.pass.Fset, l.of)
	return report.Finding{
		Range: s.at,
		Message: fmt.Sprintf("%s is filled in the order of map %s, which changes from run to run: at line %d %s",
			s.list.Name(), of, l.line(e.at), e.what),
		Related: []analysis.RelatedInformation{report.Here(e.at, "the order is seen here")},
		Subject: s.list,
		Fixes:   l.sortedList(s),
	}
}

// listing words a list of a map's keys or values.
func (c *checker) listing(call *ast.CallExpr, of ast.Expr, e end) report.Finding {
	return report.Finding{
		Range:   call,
		Message: fmt.Sprintf("the list is in the order of map %s, which changes from run to run: at line %d %s", edit.Print(c.pass.Fset, of), c.line(e.at), e.what),
		Related: []analysis.RelatedInformation{report.Here(e.at, "the order is seen here")},
		Fixes:   c.sortedCollection(call),
	}
}

func (c *checker) line(n ast.Node) int { return c.pass.Fset.Position(n.Pos()).Line }
