package unsafeshare

import (
	_ "embed"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

//go:embed doc.go
var source string

// Analyzer reports values that goroutines share and must not.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	c := &checker{}
	a := &analysis.Analyzer{
		Name:     "unsafeshare",
		Doc:      doc.Must(source, "unsafeshare"),
		URL:      doc.URL("unsafeshare"),
		Requires: []*analysis.Analyzer{report.Requires, program.Analyzer},
		Run:      c.run,
	}
	a.Flags.StringVar(&c.types, "types", "", "comma-separated `list` of further types, as example.com/p.Type, all of whose methods need a lock")
	return a
}

type checker struct {
	types string // the flag
}

func (c *checker) run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	if c.mayShare(pass) {
		evidence := sharing.CollectValues(pass, pass.ResultOf[program.Analyzer].(*program.Program), c.contract)
		j := &judge{pass: pass, evidence: evidence, ownSources: ownSources(pass), seen: make(map[any]bool)}
		j.locations() // first: it learns which locks callers hold
		j.pairs()
		for _, verdict := range j.verdicts {
			if !forRaceDetector(pass, verdict.blamed.Expr.Pos()) {
				reporter.Add(j.finding(verdict))
			}
		}
	}
	reporter.Flush()
	return nil, nil
}

// contract returns what the documentation of a type, or of what it points
// to, says about sharing.
func (c *checker) contract(t types.Type) (model.Contract, bool) {
	key := model.TypeKey(t)
	if found, ok := model.ContractOf(key); ok {
		return found, true
	}
	return model.Contract{}, key != "" && slices.Contains(strings.Split(c.types, ","), key)
}

// mayShare reports whether the package declares a variable or field of a
// type with a contract, and either has goroutines, locks or handlers, or the
// variable is one that exported functions may draw from. Most hold values
// that leave no function; that is for the evidence to say.
func (c *checker) mayShare(pass *analysis.Pass) bool {
	holds := false
	for _, obj := range pass.TypesInfo.Defs {
		v, ok := obj.(*types.Var)
		if !ok {
			continue
		}
		if contract, found := c.contract(v.Type()); found {
			holds = true
			if contract.Drawn() && v.Parent() == pass.Pkg.Scope() {
				return true
			}
		}
	}
	return holds && sharing.Concurrent(pass)
}

// forRaceDetector reports whether the function around a position says that it
// is there for the race detector: what it shares, it shares on purpose.
func forRaceDetector(pass *analysis.Pass, pos token.Pos) bool {
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || pos < fn.Pos() || pos >= fn.End() {
				continue
			}
			return slices.ContainsFunc(file.Comments, func(c *ast.CommentGroup) bool {
				inside := fn.Pos() <= c.Pos() && c.Pos() < fn.End() || c == fn.Doc
				return inside && strings.Contains(strings.Join(strings.Fields(c.Text()), " "), "race detector")
			})
		}
	}
	return false
}
