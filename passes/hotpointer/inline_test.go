package hotpointer

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

// Functions named never… aren't inlined by the compiler (go build
// -gcflags=-m=2), those named may… are, or aren't known not to be.
const inlined = `package p

type iface interface{ m() }

func mayAdd(a, b int) int { return a + b }

func mayLoop(xs []int) (sum int) {
	for _, x := range xs {
		sum += x
	}
	return sum
}

func neverDefer(f func()) {
	defer f()
}

func neverGo(f func()) {
	go f()
}

//go:noinline
func neverMarked(a int) int { return a }

func neverLong(xs []int, n int) (sum, product, least, most int) {
	for i, x := range xs {
		if i > n || x < n {
			sum, product = sum+x*n, product*(x-n)
		}
		if x < least || least == 0 {
			least = x - i*n
		}
		if x > most || most == 0 {
			most = x + i*n
		}
		xs[i] = sum + product + least + most
	}
	if sum > product && least < most && xs[0] < xs[n] {
		sum, product = product, sum
	}
	for sum > most*n && product > least*n {
		sum, product = sum-most-n, product-least-n
	}
	return sum, product, least, most
}

func neverCalls(xs []int, i iface) {
	neverLong(xs, 1)
	i.m()
}

func mayCall(xs []int) { neverMarked(1) }

const debug = false

func mayDebug(xs []int, i iface) {
	if debug {
		neverCalls(xs, i)
		neverCalls(xs, i)
	}
}

func mayDebugToo(xs []int, i iface, b bool) {
	if debug && b {
		neverCalls(xs, i)
		neverCalls(xs, i)
	}
}

func mayGeneric[T any](xs []int, i iface, v T) {
	neverCalls(xs, i)
	neverCalls(xs, i)
}

func mayRecurse(n int) { mayRecurse(n) }
`

func TestNeverInlined(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", inlined, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, Instances: map[*ast.Ident]types.Instance{},
	}
	config := types.Config{Importer: importer.Default()}
	if _, err := config.Check("p", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	x := &inlining{info, make(map[*types.Func]*ast.FuncDecl), make(map[*ast.FuncDecl]int)}
	for _, decl := range file.Decls {
		if decl, ok := decl.(*ast.FuncDecl); ok {
			if fn, ok := info.Defs[decl.Name].(*types.Func); ok {
				x.decls[fn] = decl
			}
		}
	}
	for _, decl := range x.decls {
		if want := strings.HasPrefix(decl.Name.Name, "never"); x.never(decl) != want {
			t.Errorf("%s: never inlined is %v, by a cost of %d", decl.Name.Name, !want, x.cost(decl))
		}
	}
}
