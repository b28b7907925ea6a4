package loopcapture

import (
	"fmt"
	"go/ast"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// finding words the report on one site, which stands at the first variable
// shared and names them all.
func (n *nest) finding(s site, found []sharing) report.Finding {
	var names []string
	for _, sh := range found {
		names = append(names, sh.v.Name())
	}
	first := found[0]
	verb := "is"
	if len(found) > 1 {
		verb = "are"
	}
	f := report.Finding{
		Range:   first.at,
		Message: fmt.Sprintf("%s %s %s: %s", strings.Join(names, " and "), verb, n.reason(first), s.consequence(first)),
		Fixes:   n.fixes(s, found),
		Related: []analysis.RelatedInformation{report.Here(n.point(first), first.v.Name()+" is set again here")},
	}
	if word, label := s.start(); word != "" {
		f.Related = append(f.Related, report.Here(report.Word(s.stmt.Node(), word), label))
	}
	return f
}

// reason says why the variable is shared.
func (n *nest) reason(sh sharing) string {
	switch sh.how {
	case byLanguage:
		return "shared by all iterations in " + match.FileVersion(n.pass, sh.at.Pos())
	case byCopy:
		return "changed by the goroutine while the loop copies it for the next iteration"
	}
	return "shared by all iterations, as it is declared outside the loop"
}

// consequence says who sees what.
func (s site) consequence(sh sharing) string {
	switch {
	case sh.how == byCopy:
		return "a data race"
	case s.kind == goroutine || s.kind == sent:
		return "the goroutine reads what the next iteration sets"
	case s.kind == deferred:
		return "the deferred call sees the last value only"
	case s.kind == subtest:
		return "the parallel subtest runs after the loop and sees the last value only"
	case sh.in == nil:
		return "each stored pointer points to the last value"
	}
	return "the stored function sees the last value only"
}

// start returns the word with which a statement starts something, and its
// label.
func (s site) start() (word, label string) {
	switch s.stmt.Node().(type) {
	case *ast.GoStmt:
		return "go", "goroutine started here"
	case *ast.DeferStmt:
		return "defer", "deferred here"
	}
	return "", ""
}

// point returns the narrowest syntax that sets the variable.
func (n *nest) point(sh sharing) ast.Node {
	for _, set := range match.Assignments(sh.set) {
		if id, ok := ast.Unparen(set.Left).(*ast.Ident); ok && n.info.ObjectOf(id) == sh.v {
			return id
		}
	}
	return sh.set
}
