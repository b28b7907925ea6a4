// Package program owns the SSA form of the package under analysis. It is
// built at the first request and only then, so that packages which hold
// nothing a check cares about are never turned into SSA.
//
// It uses neither the stock buildssa nor ctrlflow pass: those have facts,
// and an analyzer with facts makes every driver visit all dependencies. What
// never returns is found here (see noreturn.go).
package program

import (
	"go/ast"
	"go/types"
	"reflect"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"
)

// Analyzer serves the [Program] of a package.
var Analyzer = &analysis.Analyzer{
	Name:       "program",
	Doc:        "build the SSA form of a package on demand",
	ResultType: reflect.TypeFor[*Program](),
	Run:        func(pass *analysis.Pass) (any, error) { return &Program{pass: pass}, nil },
}

// A Program is the SSA form of one package, dependencies without bodies. Its
// methods are safe for concurrent use.
type Program struct {
	pass  *analysis.Pass
	build sync.Once
	pkg   *ssa.Package
	funcs []*ssa.Function
	never noReturns
	once  sync.Once
}

// Package returns the SSA package, generic functions instantiated where the
// package instantiates them and as written otherwise.
func (p *Program) Package() *ssa.Package {
	p.build.Do(p.construct)
	return p.pkg
}

// Functions returns the functions whose code stands in the package, function
// literals included, in source order.
func (p *Program) Functions() []*ssa.Function {
	p.build.Do(p.construct)
	return p.funcs
}

// NoReturn reports whether calls to fn never return: it ends the goroutine
// or process, panics, or loops for ever on every path.
func (p *Program) NoReturn(fn *types.Func) bool {
	p.once.Do(func() { p.never = findNoReturns(p.pass) })
	return p.never.has(fn)
}

func (p *Program) construct() {
	prog := ssa.NewProgram(p.pass.Fset, ssa.InstantiateGenerics)
	prog.SetNoReturn(p.NoReturn)
	created := make(map[*types.Package]bool)
	for _, imported := range p.pass.Pkg.Imports() {
		createAll(prog, imported, created)
	}
	p.pkg = prog.CreatePackage(p.pass.Pkg, p.pass.Files, p.pass.TypesInfo, false)
	p.pkg.Build()
	p.funcs = sourceFunctions(p.pass, prog)
}

// createAll declares the package and what it imports, without bodies: types
// of indirect dependencies have methods too.
func createAll(prog *ssa.Program, pkg *types.Package, created map[*types.Package]bool) {
	if created[pkg] {
		return
	}
	created[pkg] = true
	prog.CreatePackage(pkg, nil, nil, true)
	for _, imported := range pkg.Imports() {
		createAll(prog, imported, created)
	}
}

func sourceFunctions(pass *analysis.Pass, prog *ssa.Program) []*ssa.Function {
	var funcs []*ssa.Function
	var add func(fn *ssa.Function)
	add = func(fn *ssa.Function) {
		funcs = append(funcs, fn)
		for _, anon := range fn.AnonFuncs {
			add(anon)
		}
	}
	for _, file := range pass.Files {
		for _, decl := range file.Decls {
			decl, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if obj, ok := pass.TypesInfo.Defs[decl.Name].(*types.Func); ok {
				if fn := prog.FuncValue(obj); fn != nil {
					add(fn)
				}
			}
		}
	}
	if init := prog.Package(pass.Pkg).Func("init"); init != nil {
		for _, anon := range init.AnonFuncs { // literals in package variables
			add(anon)
		}
	}
	return funcs
}
