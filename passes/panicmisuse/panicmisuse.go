package panicmisuse

import (
	_ "embed"
	"go/ast"
	"go/types"
	"iter"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

//go:embed doc.go
var source string

const name = "panicmisuse"

// Analyzer reports ordinary errors that become panics in library code.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{inspect.Analyzer, report.Requires},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	defer reporter.Flush()
	if !isLibrary(pass) {
		return nil, nil
	}
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	c := &checker{pass: pass, info: pass.TypesInfo, root: root}
	for _, s := range c.sites() {
		for _, f := range c.judge(s) {
			reporter.Add(f)
		}
	}
	return nil, nil
}

// checker is the state of one run.
type checker struct {
	pass *analysis.Pass
	info *types.Info
	root inspector.Cursor

	// made at the first need
	recovery *match.Recovery
	uses     map[types.Object][]inspector.Cursor
	stores   map[*types.Var][]inspector.Cursor
	decls    map[types.Object]*ast.FuncDecl
}

// isLibrary reports whether other code depends on the package to survive
// errors: a command may end when it likes, and so may a package that serves
// tests, which the import of testing outside of test files tells.
func isLibrary(pass *analysis.Pass) bool {
	if pass.Pkg.Name() == "main" {
		return false
	}
	for _, file := range pass.Files {
		if !match.TestFile(pass, file) && match.ImportsTesting(file) {
			return false
		}
	}
	return true
}

// A site is a call that may panic.
type site struct {
	cursor inspector.Cursor
	call   *ast.CallExpr
	callee *types.Func // nil for the built-in panic
}

// sites returns the calls of panic, of a logger's Panic and of Must…
// functions, in source order.
func (c *checker) sites() []site {
	var sites []site
	for file := range c.librarySource() {
		for cursor := range file.Preorder((*ast.CallExpr)(nil)) {
			call := cursor.Node().(*ast.CallExpr)
			switch callee := typeutil.Callee(c.info, call).(type) {
			case *types.Builtin:
				if callee.Name() == "panic" {
					sites = append(sites, site{cursor, call, nil})
				}
			case *types.Func:
				if model.LogsAndPanics(callee) || isMust(callee.Name()) {
					sites = append(sites, site{cursor, call, callee})
				}
			}
		}
	}
	return sites
}

// librarySource yields the package's files that aren't tests.
func (c *checker) librarySource() iter.Seq[inspector.Cursor] {
	return func(yield func(inspector.Cursor) bool) {
		for file := range c.root.Children() {
			if !match.TestFile(c.pass, file.Node().(*ast.File)) && !yield(file) {
				return
			}
		}
	}
}

// isMust reports whether a name is that of a function that panics on errors
// by convention, for package variables and values that can't be wrong.
func isMust(name string) bool {
	rest, ok := strings.CutPrefix(name, "Must")
	if !ok {
		rest, ok = strings.CutPrefix(name, "must")
	}
	return ok && (rest == "" || strings.ToLower(rest[:1]) != rest[:1])
}

// judge decides on one site: most have an excuse.
func (c *checker) judge(s site) []report.Finding {
	u := c.unitOf(s.cursor)
	if u.body == nil || c.contract(u) || c.initOnly(u) {
		return nil
	}
	switch {
	case s.callee != nil && isMust(s.callee.Name()):
		return c.judgeMust(s, u)
	case s.callee == nil && c.info.Types[s.call.Args[0]].IsNil():
		return []report.Finding{nilPanic(s)}
	}
	if findings := c.judgeError(s, u); len(findings) > 0 {
		return findings
	}
	return c.judgeMalformed(s, u)
}

func nilPanic(s site) report.Finding {
	return report.Finding{
		Range:   s.call,
		Message: "panic(nil) gives no reason: recover returns nil before Go 1.21, and *runtime.PanicNilError since",
	}
}
