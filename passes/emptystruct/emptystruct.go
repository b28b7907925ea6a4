package emptystruct

import (
	_ "embed"
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/report"
)

//go:embed doc.go
var source string

// Analyzer reports channels and maps of bool that only say whether something
// is there.
var Analyzer = newAnalyzer()

// options holds the analyzer's flags.
type options struct {
	sets bool // maps, too
}

func newAnalyzer() *analysis.Analyzer {
	o := new(options)
	a := &analysis.Analyzer{
		Name:     "emptystruct",
		Doc:      doc.Must(source, "emptystruct"),
		URL:      doc.URL("emptystruct"),
		Requires: []*analysis.Analyzer{inspect.Analyzer, report.Requires},
		Run:      o.run,
	}
	a.Flags.BoolVar(&o.sets, "sets", false, "also report maps of bool used as sets, which since Go 1.24 saves no memory")
	return a
}

// run collects the variables of such types, judges every use of each, and
// reports those all of whose uses are of one kind.
func (o *options) run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	candidates := make(map[*types.Var]*candidate)
	var order []*candidate
	for cursor := range root.Preorder((*ast.Ident)(nil)) {
		id := cursor.Node().(*ast.Ident)
		v, ok := pass.TypesInfo.Defs[id].(*types.Var)
		if ok && o.ofBool(v.Type()) && !shown(v) {
			c := &candidate{pass: pass, v: v, id: id}
			candidates[v] = c
			order = append(order, c)
			c.declared(cursor)
		}
	}
	for cursor := range root.Preorder((*ast.Ident)(nil)) {
		v, _ := pass.TypesInfo.Uses[cursor.Node().(*ast.Ident)].(*types.Var)
		if v != nil && candidates[v.Origin()] != nil {
			candidates[v.Origin()].used(cursor)
		}
	}
	for _, c := range order {
		if !c.no && c.filled > 0 {
			reporter.Add(c.finding())
		}
	}
	reporter.Flush()
	return nil, nil
}

// ofBool matches chan bool and, when sets count, map[K]bool, as they are
// written out.
func (o *options) ofBool(t types.Type) bool {
	var elem types.Type
	switch t := types.Unalias(t).(type) {
	case *types.Map:
		if !o.sets {
			return false
		}
		elem = t.Elem()
	case *types.Chan:
		elem = t.Elem()
	default:
		return false
	}
	return types.Identical(elem, types.Typ[types.Bool])
}

// shown reports whether code outside of the package can see the variable.
func shown(v *types.Var) bool {
	return v.Exported() && (v.IsField() || v.Parent() == v.Pkg().Scope()) || v.Pkg() == nil
}

// A candidate is a variable with what its uses say about it.
type candidate struct {
	pass   *analysis.Pass
	v      *types.Var
	id     *ast.Ident
	edits  []analysis.TextEdit
	filled int  // places at which something is put in
	no     bool // it is something else, or nobody knows
	noFix  bool
}

func (c *candidate) finding() report.Finding {
	what, instead, use := "a set: its values are always true", ", and struct{} says so", "Hold struct{} in "
	if _, isChan := types.Unalias(c.v.Type()).(*types.Chan); isChan {
		what, instead, use = "a signal: nobody looks at its values", ", and struct{} takes no room", "Send struct{} on "
	}
	f := report.Finding{
		Range:   c.id,
		Subject: c.v,
		Message: fmt.Sprintf("%s is a %s used as %s%s", c.v.Name(), types.TypeString(c.v.Type(), types.RelativeTo(c.pass.Pkg)), what, instead),
	}
	if !c.noFix {
		f.Fixes = []analysis.SuggestedFix{edit.Fix(use+c.v.Name(), c.edits...)}
	}
	return f
}
