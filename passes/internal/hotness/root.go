package hotness

import (
	"go/ast"
	"go/types"
	"iter"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// functions yields the function declarations with a body.
func functions(pass *analysis.Pass) iter.Seq[*ast.FuncDecl] {
	return func(yield func(*ast.FuncDecl) bool) {
		for _, file := range pass.Files {
			for _, decl := range file.Decls {
				if decl, ok := decl.(*ast.FuncDecl); ok && decl.Body != nil && !yield(decl) {
					return
				}
			}
		}
	}
}

// marked returns the functions whose comment marks them.
func marked(pass *analysis.Pass, reader *reader) []Region {
	var regions []Region
	for decl := range functions(pass) {
		if mark := directive.HotMark(decl.Doc); mark != nil {
			regions = append(regions, Region{Decl: decl, Body: decl.Body, Why: Evidence{Source: Mark, At: mark}, seen: reader})
		}
	}
	return regions
}

// benchmarkLoops returns the loops that run as often as a benchmark wants,
// wherever they stand: over b.N, while b.Loop(), while pb.Next().
func benchmarkLoops(pass *analysis.Pass, reader *reader) []Region {
	if !imports(pass.Pkg, "testing") {
		return nil
	}
	var regions []Region
	for decl := range functions(pass) {
		for loop := range outermost(decl.Body, func(n ast.Node) bool { return drivenByBenchmark(pass.TypesInfo, n) }) {
			regions = append(regions, loopRegion(decl, loop, Benchmark, reader))
		}
	}
	return regions
}

// handlerLoops returns the outermost loops of functions that a server calls
// for each request.
func handlerLoops(pass *analysis.Pass, reader *reader) []Region {
	var regions []Region
	for decl := range functions(pass) {
		ast.Inspect(decl, func(n ast.Node) bool {
			body := handlerBody(pass.TypesInfo, n)
			if body == nil {
				return true
			}
			for loop := range outermost(body, isLoop) {
				regions = append(regions, loopRegion(decl, loop, Handler, reader))
			}
			return false
		})
	}
	return regions
}

func handlerBody(info *types.Info, n ast.Node) *ast.BlockStmt {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if fn, ok := info.Defs[n.Name].(*types.Func); ok && match.Handler(fn.Signature()) {
			return n.Body
		}
	case *ast.FuncLit:
		if sig, ok := info.TypeOf(n).(*types.Signature); ok && match.Handler(sig) {
			return n.Body
		}
	}
	return nil
}

func loopRegion(decl *ast.FuncDecl, loop ast.Node, source Source, reader *reader) Region {
	region := Region{Decl: decl, Body: decl.Body, Why: Evidence{Source: source, At: report.Word(loop, "for")}, seen: reader}
	switch loop := loop.(type) {
	case *ast.ForStmt:
		region.Body = loop.Body
	case *ast.RangeStmt:
		region.Body = loop.Body
	}
	return region
}

func isLoop(n ast.Node) bool {
	switch n.(type) {
	case *ast.ForStmt, *ast.RangeStmt:
		return true
	}
	return false
}

// outermost yields the loops in the body that satisfy the predicate and lie
// in no other that does.
func outermost(body *ast.BlockStmt, wanted func(ast.Node) bool) iter.Seq[ast.Node] {
	return func(yield func(ast.Node) bool) {
		more := true
		ast.Inspect(body, func(n ast.Node) bool {
			if more && isLoop(n) && wanted(n) {
				more = yield(n)
				return false
			}
			return more
		})
	}
}

func drivenByBenchmark(info *types.Info, loop ast.Node) bool {
	var head ast.Expr
	switch loop := loop.(type) {
	case *ast.ForStmt:
		head = loop.Cond
	case *ast.RangeStmt:
		head = loop.X
	}
	if head == nil {
		return false
	}
	found := false
	ast.Inspect(head, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			found = found || n.Sel.Name == "N" && model.TypeKey(info.TypeOf(n.X)) == "testing.B"
		case *ast.CallExpr:
			key := model.Key(typeutil.StaticCallee(info, n))
			found = found || key == "(testing.B).Loop" || key == "(testing.PB).Next"
		}
		return !found
	})
	return found
}

func imports(pkg *types.Package, path string) bool {
	for _, imported := range pkg.Imports() {
		if imported.Path() == path {
			return true
		}
	}
	return false
}
