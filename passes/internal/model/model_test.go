package model

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"

	"golang.org/x/tools/go/types/typeutil"
)

// calls is a function whose calls have, in order, the keys below.
const calls = `package p

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
)

type G[T any] struct{ v T }

func (g *G[T]) M() {}
func (g G[T]) V()  {}

type Alias = G[int]

type embeds struct{ sync.Mutex }

type local interface{ Do() }

func generic[T any](v T) {}

func f(b *bytes.Buffer, bv bytes.Buffer, w io.Writer, e embeds, l local, t *testing.T, tb testing.TB,
	g *G[string], a *Alias, p *atomic.Pointer[int], m map[string]int, anon interface{ Do() }, fn func()) {
	fmt.Println()
	os.Exit(1)
	b.Len()
	bv.Len()
	bv.String()
	w.Write(nil)
	e.Lock()
	l.Do()
	t.Fatal()
	tb.Fatal()
	slices.Sort([]int{})
	generic(1)
	g.M()
	a.V()
	p.Load()
	anon.Do()
	errors.New("").Error()
	len(m)
	fn()
}
`

var keys = []string{
	"fmt.Println", "os.Exit", "(bytes.Buffer).Len", "(bytes.Buffer).Len", "(bytes.Buffer).String",
	"(io.Writer).Write", "(sync.Mutex).Lock", "(p.local).Do", "(testing.common).Fatal", "(testing.TB).Fatal",
	"slices.Sort", "p.generic", "(p.G).M", "(p.G).V", "(sync/atomic.Pointer).Load",
	"", "errors.New", "", "", "",
}

func TestKey(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", calls, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Uses: map[*ast.Ident]types.Object{},
		Selections: map[*ast.SelectorExpr]*types.Selection{}, Instances: map[*ast.Ident]types.Instance{},
	}
	config := types.Config{Importer: importer.Default(), Error: func(error) {}} // len's value isn't used
	_, _ = config.Check("p", fset, []*ast.File{file}, info)
	var got []string
	var visit func(n ast.Node) bool
	visit = func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			ast.Inspect(call.Fun, visit)
			fn, _ := typeutil.Callee(info, call).(*types.Func)
			got = append(got, Key(fn))
			return false
		}
		return true
	}
	ast.Inspect(file, visit)
	if len(got) != len(keys) {
		t.Fatalf("%d calls, want %d: %q", len(got), len(keys), got)
	}
	for i, key := range keys {
		if got[i] != key {
			t.Errorf("call %d has the key %q, want %q", i, got[i], key)
		}
	}
}

func TestKeyOfVendoredPackage(t *testing.T) {
	pkg := types.NewPackage("vendor/golang.org/x/net/http2", "http2")
	fn := types.NewFunc(token.NoPos, pkg, "F", types.NewSignatureType(nil, nil, nil, nil, nil, false))
	if got := Key(fn); got != "golang.org/x/net/http2.F" {
		t.Errorf("key is %q", got)
	}
	named := types.NewNamed(types.NewTypeName(token.NoPos, pkg, "T", nil), types.NewStruct(nil, nil), nil)
	for _, typ := range []types.Type{named, types.NewPointer(named)} {
		if got := TypeKey(typ); got != "golang.org/x/net/http2.T" {
			t.Errorf("%v has the key %q", typ, got)
		}
	}
	for _, typ := range []types.Type{types.Typ[types.Int], types.Universe.Lookup("error").Type(), types.NewSlice(named)} {
		if got := TypeKey(typ); got != "" {
			t.Errorf("%v has the key %q", typ, got)
		}
	}
}
