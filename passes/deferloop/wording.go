package deferloop

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// pilesUp reports what each iteration takes and the function's return alone
// gives back.
func (s *site) pilesUp(r release) report.Finding {
	return report.Finding{
		Message: fmt.Sprintf("%s runs when %s returns, not at the end of the iteration: %s until then", s.calleeOf(r), s.function, s.pile(r)),
		Related: []analysis.RelatedInformation{report.Here(report.Word(s.loop, "for"), "loop here")},
	}
}

// longestCallee bounds the length of a callee in a message.
const longestCallee = 40

// calleeOf names what is called at last.
func (s *site) calleeOf(r release) string {
	call, ok := r.at.(*ast.CallExpr)
	if !ok {
		return "the deferred call"
	}
	fun := call.Fun
	if inner, ok := ast.Unparen(fun).(*ast.CallExpr); ok {
		return "what " + edit.Print(s.fset, inner.Fun) + " returned"
	}
	if text := edit.Print(s.fset, fun); len(text) <= longestCallee && !strings.Contains(text, "\n") {
		return text
	}
	return "the deferred call"
}

// pile says what piles up.
func (s *site) pile(r release) string {
	switch r.kind {
	case callback:
		if isCancel(s.info.TypeOf(r.of)) {
			return "a context per iteration stays alive"
		}
		return "one per iteration is kept"
	case chained:
		return "one per iteration is kept"
	}
	if call, ok := r.at.(*ast.CallExpr); ok && strings.HasSuffix(edit.Print(s.fset, call.Fun), "Close") {
		return s.thing(r.of) + " per iteration stays open"
	}
	return s.thing(r.of) + " per iteration is held"
}

// nouns says what the commonest resources are.
var nouns = map[string]string{
	"os.File":                "a file",
	"net/http.Response":      "a response body",
	"net.Conn":               "a connection",
	"net.Listener":           "a listener",
	"database/sql.Rows":      "a result set",
	"database/sql.Stmt":      "a statement",
	"database/sql.Tx":        "a transaction",
	"database/sql.Conn":      "a connection",
	"context.CancelFunc":     "a context",
	"time.Timer":             "a timer",
	"time.Ticker":            "a ticker",
	"io.ReadCloser":          "a reader",
	"io.WriteCloser":         "a writer",
	"compress/gzip.Reader":   "a reader",
	"archive/zip.ReadCloser": "an archive",
}

// thing names what is given back: by its kind, or else by its type.
func (s *site) thing(of ast.Expr) string {
	t := s.info.TypeOf(of)
	if selector, ok := ast.Unparen(of).(*ast.SelectorExpr); ok {
		if outer := s.info.TypeOf(selector.X); nouns[typeName(outer)] != "" {
			t = outer // resp.Body
		}
	}
	if noun := nouns[typeName(t)]; noun != "" {
		return noun
	}
	return "one " + types.TypeString(t, (*types.Package).Name)
}

func typeName(t types.Type) string {
	if t == nil {
		return ""
	}
	named := model.ReceiverNamed(t)
	if named == nil || named.Obj().Pkg() == nil {
		return ""
	}
	return named.Obj().Pkg().Path() + "." + named.Obj().Name()
}

func isCancel(t types.Type) bool {
	name := typeName(t)
	return name == "context.CancelFunc" || name == "context.CancelCauseFunc"
}
