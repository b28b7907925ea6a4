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
	"slices"
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

	mu      sync.Mutex
	derived map[any]func() any
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

// Built reports whether anybody has asked for the SSA form: what a check's
// sieve is there to avoid.
func (p *Program) Built() bool { return p.pkg != nil }

// NoReturn reports whether calls to fn never return: it ends the goroutine
// or process, panics, or loops for ever on every path.
func (p *Program) NoReturn(fn *types.Func) bool {
	p.once.Do(func() { p.never = findNoReturns(p.pass) })
	return p.never.has(fn)
}

// Derived returns what somebody makes of the SSA form, made at the first
// request and the same for all who ask by the same key. Nobody may change it.
func (p *Program) Derived(key any, compute func() any) any {
	p.mu.Lock()
	derive := p.derived[key]
	if derive == nil {
		if p.derived == nil {
			p.derived = make(map[any]func() any)
		}
		derive = sync.OnceValue(compute)
		p.derived[key] = derive
	}
	p.mu.Unlock()
	return derive()
}

func (p *Program) construct() {
	prog := ssa.NewProgram(p.pass.Fset, ssa.InstantiateGenerics)
	prog.SetNoReturn(p.NoReturn)
	for _, named := range namedPackages(p.pass) {
		prog.CreatePackage(named, nil, nil, true)
	}
	p.pkg = prog.CreatePackage(p.pass.Pkg, p.pass.Files, p.pass.TypesInfo, false)
	p.pkg.Build()
	p.funcs = sourceFunctions(p.pass, prog)
}

// namedPackages returns the packages whose members the syntax names: those
// that are imported, and those of methods and fields of types that come from
// farther away. They are declared, without bodies. The other dependencies,
// most by far, are left out, and package ssa makes what methods of theirs it
// comes across.
func namedPackages(pass *analysis.Pass) []*types.Package {
	list := slices.Clone(pass.Pkg.Imports())
	seen := map[*types.Package]bool{nil: true, pass.Pkg: true}
	for _, imported := range list {
		seen[imported] = true
	}
	for _, obj := range pass.TypesInfo.Uses {
		if pkg := obj.Pkg(); !seen[pkg] {
			seen[pkg] = true
			list = append(list, pkg)
		}
	}
	return list
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
