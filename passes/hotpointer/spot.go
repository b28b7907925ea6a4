package hotpointer

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/hotness"
	"github.com/goconclint/goconclint/passes/internal/match"
)

// A spot is a place in hot code where a pointer to a value costs something:
// it is made and must live on the heap, or it is followed for each element.
type spot struct {
	node   ast.Node // to blame
	kind   kind
	holder ast.Expr   // what holds the pointers, nil for a result
	field  *types.Var // of the literal that holds the pointer, if one does
	elem   types.Type // what is pointed to
	decl   *ast.FuncDecl
	why    hotness.Evidence
}

// A kind says what happens to the pointer.
type kind int

const (
	added    kind = iota // to a slice, array or map
	assigned             // to a field or package variable
	returned
	passed // to a function that only the run decides
	walked // through a slice, array or map
)

// A finder collects the spots of one hot region. It only takes pointers that
// go where the compiler's escape analysis always sends them to the heap,
// whatever it inlines: what append adds, what is stored in a map or through a
// pointer or slice, what a function that is never inlined returns, what goes
// to a function loaded from memory. Others may well stay on the stack.
type finder struct {
	*judge
	region hotness.Region
	spots  []spot
}

func (j *judge) spotsIn(region hotness.Region) []spot {
	f := &finder{judge: j, region: region}
	region.Inspect(func(n ast.Node, above []ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			f.call(n)
		case *ast.AssignStmt:
			f.assignment(n)
		case *ast.ReturnStmt:
			f.result(n, above)
		case *ast.RangeStmt:
			f.walk(n)
		}
		return true
	})
	return f.spots
}

func (f *finder) add(node ast.Node, kind kind, holder ast.Expr, elem types.Type) {
	f.spots = append(f.spots, spot{node, kind, holder, nil, elem, f.region.Decl, f.region.Why})
}

// call looks at v = append(v, &T{…}) and x.handler.Handle(&T{…}).
func (f *finder) call(call *ast.CallExpr) {
	if builtinName(f.pass.TypesInfo, call) == "append" && call.Ellipsis == token.NoPos {
		for _, arg := range call.Args[1:] {
			f.stored(arg, added, unsliced(call.Args[0]))
		}
		return
	}
	if f.calleeFromMemory(call) {
		for _, arg := range call.Args {
			if elem := f.made(arg); elem != nil {
				f.add(arg, passed, call.Fun, elem)
			}
		}
	}
}

// unsliced returns the v of v[:n].
func unsliced(e ast.Expr) ast.Expr {
	e = ast.Unparen(e)
	if slice, ok := e.(*ast.SliceExpr); ok {
		return ast.Unparen(slice.X)
	}
	return e
}

// assignment looks at v[i] = &T{…}, m[k] = &T{…} and s.field = &T{…}.
func (f *finder) assignment(assign *ast.AssignStmt) {
	for _, set := range match.Assignments(assign) {
		if set.Right == nil || !f.onHeap(set.Left) {
			continue
		}
		if index, ok := ast.Unparen(set.Left).(*ast.IndexExpr); ok {
			f.stored(set.Right, added, index.X)
		} else {
			f.stored(set.Right, assigned, set.Left)
		}
	}
}

// stored looks at a value that goes to the heap: a pointer, or a literal with
// pointers in it.
func (f *finder) stored(value ast.Expr, kind kind, holder ast.Expr) {
	value = ast.Unparen(value)
	if elem := f.made(value); elem != nil {
		f.add(value, kind, holder, elem)
	}
	if unary, ok := value.(*ast.UnaryExpr); ok && unary.Op == token.AND {
		value = ast.Unparen(unary.X)
	}
	literal, ok := value.(*ast.CompositeLit)
	if !ok {
		return
	}
	for _, element := range literal.Elts {
		pair, ok := element.(*ast.KeyValueExpr)
		if !ok {
			continue
		}
		name, ok := pair.Key.(*ast.Ident)
		if !ok {
			continue
		}
		field, ok := f.pass.TypesInfo.Uses[name].(*types.Var)
		if elem := f.made(pair.Value); ok && field.IsField() && elem != nil {
			f.add(pair.Value, assigned, literal, elem)
			f.spots[len(f.spots)-1].field = field
		}
	}
}

// result looks at return &T{…} in a function that is never inlined.
func (f *finder) result(ret *ast.ReturnStmt, above []ast.Node) {
	for _, n := range above {
		if _, ok := n.(*ast.FuncLit); ok {
			return
		}
	}
	for _, value := range ret.Results {
		if elem := f.made(value); elem != nil && f.inlining.never(f.region.Decl) {
			f.add(value, returned, nil, elem)
		}
	}
}

// walk looks at for _, p := range v { … p.field … }.
func (f *finder) walk(loop *ast.RangeStmt) {
	elem := elemPointee(f.pass.TypesInfo.TypeOf(loop.X))
	if elem == nil || loop.Value == nil {
		return
	}
	value := match.LocalVar(f.pass.TypesInfo, loop.Value)
	if value != nil && f.follows(loop.Body, value) {
		f.add(loop.X, walked, loop.X, elem)
	}
}

// follows reports whether the body reads what the variable points to.
func (f *finder) follows(body *ast.BlockStmt, p *types.Var) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.SelectorExpr:
			selection := f.pass.TypesInfo.Selections[n]
			found = found || selection != nil && selection.Kind() == types.FieldVal && match.LocalVar(f.pass.TypesInfo, n.X) == p
		case *ast.StarExpr:
			found = found || match.LocalVar(f.pass.TypesInfo, n.X) == p
		}
		return !found
	})
	return found
}

// calleeFromMemory reports whether the call goes through an interface or
// function value that a field, element or package variable holds: the
// compiler can't see what it is, so its arguments escape.
func (f *finder) calleeFromMemory(call *ast.CallExpr) bool {
	if tv := f.pass.TypesInfo.Types[call.Fun]; tv.IsType() || tv.IsBuiltin() {
		return false
	}
	if typeutil.StaticCallee(f.pass.TypesInfo, call) != nil {
		return false
	}
	callee := ast.Unparen(call.Fun)
	selector, ok := callee.(*ast.SelectorExpr)
	if !ok {
		return f.inMemory(callee)
	}
	selection := f.pass.TypesInfo.Selections[selector]
	if selection != nil && selection.Kind() == types.MethodVal {
		return types.IsInterface(selection.Recv()) && f.inMemory(selector.X)
	}
	return f.inMemory(callee)
}

// inMemory reports whether the expression reads a field, an element or a
// package variable.
func (f *finder) inMemory(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr, *ast.IndexExpr:
		return true
	case *ast.Ident:
		return isPackageVar(f.pass.TypesInfo.Uses[e])
	}
	return false
}

// onHeap reports whether what is stored in the place escapes: the place is
// reached through a pointer, slice or map, or belongs to the package.
func (f *finder) onHeap(place ast.Expr) bool {
	switch place := ast.Unparen(place).(type) {
	case *ast.Ident:
		return isPackageVar(f.pass.TypesInfo.Uses[place])
	case *ast.StarExpr:
		return true
	case *ast.IndexExpr:
		_, array := f.pass.TypesInfo.TypeOf(place.X).Underlying().(*types.Array)
		return !array || f.onHeap(place.X)
	case *ast.SelectorExpr:
		if selection := f.pass.TypesInfo.Selections[place]; selection != nil {
			return selection.Indirect() || f.onHeap(place.X)
		}
		return isPackageVar(f.pass.TypesInfo.Uses[place.Sel])
	}
	return false
}

func isPackageVar(obj types.Object) bool {
	v, ok := obj.(*types.Var)
	return ok && !v.IsField() && v.Pkg() != nil && v.Parent() == v.Pkg().Scope()
}
