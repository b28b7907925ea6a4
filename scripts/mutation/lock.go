package main

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"slices"

	"golang.org/x/tools/go/packages"
)

// A lock is a field or variable that is a mutex, with the statements that
// lock and unlock it.
type lock struct {
	name  string
	calls []ast.Stmt
	funcs []*ast.FuncDecl // that hold the calls
	fset  *token.FileSet
}

// locksOf lists the locks of a package by file and first use.
func locksOf(pkg *packages.Package) []*lock {
	byVar := make(map[*types.Var]*lock)
	for _, file := range pkg.Syntax {
		for _, decl := range file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(fn, func(n ast.Node) bool {
				v := lockedBy(pkg.TypesInfo, n)
				if v == nil {
					return true
				}
				l := byVar[v]
				if l == nil {
					l = &lock{name: pkg.Fset.Position(v.Pos()).String() + " " + v.Name(), fset: pkg.Fset}
					byVar[v] = l
				}
				l.calls = append(l.calls, n.(ast.Stmt))
				if !slices.Contains(l.funcs, fn) {
					l.funcs = append(l.funcs, fn)
				}
				return true
			})
		}
	}
	var list []*lock
	for _, l := range byVar {
		list = append(list, l)
	}
	slices.SortFunc(list, func(a, b *lock) int { return cmp.Compare(a.firstCall(), b.firstCall()) })
	return list
}

// firstCall says where the lock is first used. Files are parsed in any order,
// so positions of different files compare by name.
func (l *lock) firstCall() string {
	first := l.fset.Position(l.calls[0].Pos())
	return fmt.Sprintf("%s:%08d", first.Filename, first.Offset)
}

// parts returns the lock as it is used in one function alone, for up to n
// functions that both lock and unlock, spread evenly.
func (l *lock) parts(n int) []*lock {
	var all []*lock
	for _, fn := range l.funcs {
		part := &lock{name: l.name, funcs: []*ast.FuncDecl{fn}, fset: l.fset}
		for _, stmt := range l.calls {
			if fn.Pos() <= stmt.Pos() && stmt.Pos() < fn.End() {
				part.calls = append(part.calls, stmt)
			}
		}
		if len(part.calls) > 1 {
			all = append(all, part)
		}
	}
	if len(all) <= n {
		return all
	}
	some := make([]*lock, 0, n)
	for i := range n {
		some = append(some, all[i*len(all)/n])
	}
	return some
}

// lockedBy returns the field or package-level variable that a statement locks
// or unlocks, deferred or not, or nil.
func lockedBy(info *types.Info, n ast.Node) *types.Var {
	var call *ast.CallExpr
	switch n := n.(type) {
	case *ast.ExprStmt:
		call, _ = n.X.(*ast.CallExpr)
	case *ast.DeferStmt:
		call = n.Call
	}
	if call == nil {
		return nil
	}
	sel, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return nil
	}
	method, ok := info.Selections[sel]
	if !ok || method.Kind() != types.MethodVal {
		return nil
	}
	switch method.Obj().(*types.Func).FullName() {
	case "(*sync.Mutex).Lock", "(*sync.Mutex).Unlock", "(*sync.RWMutex).Lock", "(*sync.RWMutex).Unlock",
		"(*sync.RWMutex).RLock", "(*sync.RWMutex).RUnlock":
	default:
		return nil
	}
	if v := embedded(method); v != nil {
		return v
	}
	return variable(info, sel.X)
}

// embedded returns the embedded field through which a method was selected.
func embedded(method *types.Selection) *types.Var {
	var field *types.Var
	t := method.Recv()
	for _, i := range method.Index()[:len(method.Index())-1] {
		if p, ok := t.Underlying().(*types.Pointer); ok {
			t = p.Elem()
		}
		field = t.Underlying().(*types.Struct).Field(i)
		t = field.Type()
	}
	return field
}

// variable returns the field or package-level variable that an expression is.
func variable(info *types.Info, e ast.Expr) *types.Var {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		v, _ := info.Uses[e.Sel].(*types.Var)
		return v
	case *ast.Ident:
		if v, ok := info.Uses[e].(*types.Var); ok && v.Pkg() != nil && v.Parent() == v.Pkg().Scope() {
			return v
		}
	}
	return nil
}

// without returns the package with the lock's calls blanked out, so that all
// else keeps its place.
func (l *lock) without(pkg *packages.Package) (*packages.Package, error) {
	texts := make(map[string][]byte)
	for _, stmt := range l.calls {
		from, to := l.fset.Position(stmt.Pos()), l.fset.Position(stmt.End())
		text, ok := texts[from.Filename]
		if !ok {
			var err error
			if text, err = os.ReadFile(from.Filename); err != nil {
				return nil, err
			}
			texts[from.Filename] = text
		}
		copy(text[from.Offset:to.Offset], bytes.Repeat([]byte{' '}, to.Offset-from.Offset))
	}
	mutant := *pkg
	mutant.Syntax = slices.Clone(pkg.Syntax)
	for i, file := range mutant.Syntax {
		name := l.fset.Position(file.FileStart).Filename
		text, ok := texts[name]
		if !ok {
			continue
		}
		parsed, err := parser.ParseFile(l.fset, name, text, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		mutant.Syntax[i] = parsed
	}
	return &mutant, check(&mutant)
}

// check type-checks a package anew.
func check(pkg *packages.Package) error {
	pkg.TypesInfo = &types.Info{
		Types: make(map[ast.Expr]types.TypeAndValue), Defs: make(map[*ast.Ident]types.Object),
		Uses: make(map[*ast.Ident]types.Object), Implicits: make(map[ast.Node]types.Object),
		Scopes: make(map[ast.Node]*types.Scope), Selections: make(map[*ast.SelectorExpr]*types.Selection),
		Instances: make(map[*ast.Ident]types.Instance), FileVersions: make(map[*ast.File]string),
	}
	config := &types.Config{Importer: imports(pkg.Imports), Sizes: pkg.TypesSizes, FakeImportC: true}
	if pkg.Module != nil && pkg.Module.GoVersion != "" {
		config.GoVersion = "go" + pkg.Module.GoVersion
	}
	var err error
	pkg.Types, err = config.Check(pkg.PkgPath, pkg.Fset, pkg.Syntax, pkg.TypesInfo)
	return err
}

type imports map[string]*packages.Package

func (m imports) Import(path string) (*types.Package, error) {
	if p := m[path]; p != nil && p.Types != nil {
		return p.Types, nil
	}
	if path == "unsafe" {
		return types.Unsafe, nil
	}
	return nil, os.ErrNotExist
}
