// Package hotness says which code of a package runs often, and how it knows.
//
// Roots are functions marked //goconclint:hot, whose author has measured
// them, and, when asked for, the loops of benchmarks and of request handlers,
// which are only likely to be hot. Heat then spreads along calls: a function
// of the package that hot code calls is hot as a whole, and so on, whether
// the call stands in a loop or not, since its caller runs often already. It
// doesn't spread through interfaces and function values, nor out of code that
// hot functions run seldom (see cold.go).
//
// A profile is the best source: it knows every function by itself, so heat
// doesn't spread from it, and it knows lines, so that of a hot function only
// the lines that take time count as hot (profile.go).
package hotness

import (
	"cmp"
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/report"
)

// A Source is where heat comes from.
type Source int

// The sources, most certain first.
const (
	Mark      Source = iota // a //goconclint:hot comment
	Profile                 // what a profile has measured
	Benchmark               // the loop of a benchmark
	Handler                 // a loop in a request handler
)

// Evidence is why code counts as hot.
type Evidence struct {
	Source Source
	At     analysis.Range  // the comment, the name of the function measured, or the head of the loop
	Via    []*ast.CallExpr // calls through which the heat came, outermost first
	Share  string          // of the function in the profile, as messages have it
}

// Related returns the positions that explain the evidence.
func (e Evidence) Related() []analysis.RelatedInformation {
	labels := map[Source]string{
		Mark:      "marked hot here",
		Profile:   "hot in the profile: " + e.Share,
		Benchmark: "benchmark loop",
		Handler:   "loop in a request handler",
	}
	list := []analysis.RelatedInformation{report.Here(e.At, labels[e.Source])}
	if n := len(e.Via); n > 0 {
		list = append(list, report.Here(e.Via[n-1].Fun, "called here"))
	}
	return list
}

// A Region is code that runs often.
type Region struct {
	Decl *ast.FuncDecl  // the function that the code belongs to
	Body *ast.BlockStmt // of the function, or of a loop in it
	Why  Evidence
	seen *reader
	hot  func(ast.Node) bool // nil, or whether a node has a line that the profile calls hot
}

// Whole reports whether the region is the whole body of its function.
func (r Region) Whole() bool { return r.Body == r.Decl.Body }

// Measured reports whether a profile says that the region is hot.
func (r Region) Measured() bool { return r.hot != nil }

// Options say what counts as hot.
type Options struct {
	Loops    bool                   // loops of benchmarks and handlers too
	NoReturn func(*types.Func) bool // what never returns
	Measured *Measured              // what a profile says about the package, or nil
}

// Find returns the hot regions of the package in source order. They don't
// overlap.
func Find(pass *analysis.Pass, options Options) []Region {
	reader := &reader{info: pass.TypesInfo, noReturn: options.NoReturn}
	queue := marked(pass, reader)
	if options.Loops {
		queue = append(queue, benchmarkLoops(pass, reader)...)
		queue = append(queue, handlerLoops(pass, reader)...)
	}
	if len(queue) > 0 {
		queue = spread(pass, queue)
	}
	return disjoint(append(queue, options.Measured.regions(reader)...))
}

// spread follows the calls out of the given regions, breadth first, so that
// each function is hot by the shortest way from the most certain source.
func spread(pass *analysis.Pass, queue []Region) []Region {
	decls := declarations(pass)
	whole := make(map[*ast.FuncDecl]bool)
	for _, region := range queue {
		if region.Whole() {
			whole[region.Decl] = true
		}
	}
	for i := 0; i < len(queue); i++ {
		region := queue[i]
		region.Inspect(func(n ast.Node, _ []ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			decl := decls[origin(typeutil.StaticCallee(pass.TypesInfo, call))]
			if decl != nil && !whole[decl] {
				whole[decl] = true
				why := region.Why
				why.Via = append(slices.Clip(why.Via), call)
				queue = append(queue, Region{Decl: decl, Body: decl.Body, Why: why, seen: region.seen})
			}
			return true
		})
	}
	return queue
}

// disjoint drops the loops of functions that are hot as a whole, and what is
// less certain of those that are hot for two reasons, and sorts.
func disjoint(regions []Region) []Region {
	whole := make(map[*ast.FuncDecl]bool)
	for _, region := range regions {
		if region.Whole() {
			whole[region.Decl] = true
		}
	}
	regions = slices.DeleteFunc(regions, func(r Region) bool { return !r.Whole() && whole[r.Decl] })
	slices.SortStableFunc(regions, func(a, b Region) int { return cmp.Compare(a.Body.Pos(), b.Body.Pos()) })
	return slices.CompactFunc(regions, func(a, b Region) bool { return a.Body == b.Body })
}

func declarations(pass *analysis.Pass) map[*types.Func]*ast.FuncDecl {
	decls := make(map[*types.Func]*ast.FuncDecl)
	for decl := range functions(pass) {
		if fn, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
			decls[fn] = decl
		}
	}
	return decls
}

func origin(fn *types.Func) *types.Func {
	if fn == nil {
		return nil
	}
	return fn.Origin()
}
