package match

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"strings"
	"testing"
)

const handlers = `package p

import (
	"context"
	"net/http"
)

type UnimplementedShopServer struct{}

type shop struct{ UnimplementedShopServer }

type client struct{ s shop }

type request struct{}

func handle(w http.ResponseWriter, r *http.Request)                        {}
func (s *shop) handleBuy(ctx context.Context, r *request) (*request, error) { return nil, nil }
func (s *shop) handleStream(stream interface{ Send() error }) error         { return nil }
func (c *client) ServeHTTP(w http.ResponseWriter, r *http.Request)          {}

func otherWriter(w http.ResponseWriter)                                     {}
func otherOrder(r *http.Request, w http.ResponseWriter)                     {}
func otherMore(w http.ResponseWriter, r *http.Request, n int)               {}
func otherContext(ctx context.Context, r *request) (*request, error)        { return nil, nil }
func (c *client) otherCall(ctx context.Context, r *request) (*request, error) { return nil, nil }
func (s *shop) otherClose()                                                 {}
`

func TestHandler(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", handlers, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Defs: map[*ast.Ident]types.Object{}}
	config := types.Config{Importer: importer.Default()}
	if _, err := config.Check("p", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	for _, obj := range info.Defs {
		fn, ok := obj.(*types.Func)
		if !ok || fn.Name() == "Send" {
			continue
		}
		want := !strings.HasPrefix(fn.Name(), "other")
		if got := Handler(fn.Signature()); got != want {
			t.Errorf("%s: handler is %v", fn.Name(), got)
		}
	}
}
