package copyheavy

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
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

//go:embed doc.go
var source string

// Analyzer reports large values copied to read a part of them.
var Analyzer = newAnalyzer()

// checker holds the analyzer's flags.
type checker struct {
	size int // bytes up to which a copy is fine
}

func newAnalyzer() *analysis.Analyzer {
	c := new(checker)
	a := &analysis.Analyzer{
		Name:     "copyheavy",
		Doc:      doc.Must(source, "copyheavy"),
		URL:      doc.URL("copyheavy"),
		Requires: []*analysis.Analyzer{inspect.Analyzer, report.Requires},
		Run:      c.run,
	}
	a.Flags.IntVar(&c.size, "size", 128, "size in bytes up to which copies are fine")
	return a
}

// run judges each range statement and each value receiver by itself.
func (c *checker) run(pass *analysis.Pass) (any, error) {
	root := pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()
	reporter := report.New(pass)
	for cursor := range root.Preorder((*ast.RangeStmt)(nil), (*ast.FuncDecl)(nil)) {
		switch n := cursor.Node().(type) {
		case *ast.RangeStmt:
			if finding, ok := c.element(pass, n); ok {
				reporter.Add(finding)
			}
		case *ast.FuncDecl:
			if finding, ok := c.receiver(pass, n); ok {
				reporter.Add(finding)
			}
		}
	}
	reporter.Flush()
	return nil, nil
}

// large returns the size of a type above the limit, or 0.
func (c *checker) large(pass *analysis.Pass, t types.Type) int64 {
	if t == nil || !match.FixedSize(t) {
		return 0
	}
	if size := pass.TypesSizes.Sizeof(t); size > int64(c.size) {
		return size
	}
	return 0
}

// element judges for _, v := range list.
func (c *checker) element(pass *analysis.Pass, loop *ast.RangeStmt) (report.Finding, bool) {
	v := match.LocalVar(pass.TypesInfo, loop.Value)
	if v == nil || pass.TypesInfo.Defs[loop.Value.(*ast.Ident)] == nil {
		return report.Finding{}, false
	}
	size := c.large(pass, v.Type())
	if _, isSlice := pass.TypesInfo.TypeOf(loop.X).Underlying().(*types.Slice); size == 0 || !isSlice || !match.IsPath(loop.X) {
		return report.Finding{}, false
	}
	r := reading{pass: pass, v: v}
	if !r.onlyParts(loop.Body) || changes(loop.Body, loop.X) {
		return report.Finding{}, false
	}
	return report.Finding{
		Range: loop.Value,
		Message: fmt.Sprintf("%s copies %d bytes in each turn to read a part of them: a pointer to the element copies none",
			v.Name(), size),
		Fixes: byPointer(pass, loop, v),
	}, true
}

// byPointer makes for i := range list { v := &list[i] of it.
func byPointer(pass *analysis.Pass, loop *ast.RangeStmt, v *types.Var) []analysis.SuggestedFix {
	if match.LocalVar(pass.TypesInfo, loop.X) == nil || len(loop.Body.List) == 0 {
		return nil // what others can see they can change meanwhile
	}
	index := "i"
	if key, ok := loop.Key.(*ast.Ident); ok && key.Name != "_" {
		index = key.Name
	} else if named(loop.Body, index) {
		return nil
	}
	list := edit.Source(pass, loop.X)
	indent := edit.Indentation(pass, loop.Body.List[0].Pos())
	first := loop.Body.List[0].Pos()
	if list == "" || indent == "" || pass.Fset.Position(first).Line == pass.Fset.Position(loop.Body.Lbrace).Line {
		return nil
	}
	return []analysis.SuggestedFix{edit.Fix("Take a pointer to the element",
		analysis.TextEdit{Pos: loop.Key.Pos(), End: loop.Value.End(), NewText: []byte(index)},
		edit.Insert(first, v.Name()+" := &"+list+"["+index+"]\n"+indent))}
}

func named(n ast.Node, name string) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		found = found || ok && id.Name == name
		return !found
	})
	return found
}

// receiver judges a method on a large value. Its type must have methods on
// the pointer, too: then nobody counts on values having them all.
func (c *checker) receiver(pass *analysis.Pass, decl *ast.FuncDecl) (report.Finding, bool) {
	if decl.Recv == nil || decl.Body == nil || len(decl.Recv.List[0].Names) != 1 || decl.Name.IsExported() {
		return report.Finding{}, false
	}
	id := decl.Recv.List[0].Names[0]
	v, _ := pass.TypesInfo.Defs[id].(*types.Var)
	if v == nil || !onPointer(v.Type()) {
		return report.Finding{}, false
	}
	size := c.large(pass, v.Type())
	r := reading{pass: pass, v: v}
	if size == 0 || !r.onlyParts(decl.Body) || r.reads == 0 {
		return report.Finding{}, false
	}
	return report.Finding{
		Range: decl.Recv.List[0].Type,
		Message: fmt.Sprintf("each call of %s copies %d bytes of %s to read a part of them: a pointer receiver, as other methods have, copies none",
			decl.Name.Name, size, id.Name),
	}, true
}

// onPointer reports whether a type has methods on its pointer.
func onPointer(t types.Type) bool {
	named, ok := types.Unalias(t).(*types.Named)
	if !ok {
		return false
	}
	for method := range named.Methods() {
		if _, pointer := method.Signature().Recv().Type().(*types.Pointer); pointer {
			return true
		}
	}
	return false
}
