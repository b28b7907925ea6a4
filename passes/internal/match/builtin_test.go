package match

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"testing"
)

const calling = `package p

type store struct{ byName map[string]int }

func predeclared(s *store, done chan int) { (delete)(s.byName, "x"); close(done) }

func clears(s store) { clear((s.byName)) }

func shadowed(s *store, done chan int, delete func(map[string]int, string), close func(chan int)) {
	delete(s.byName, "x")
	close(done)
}
`

func TestBuiltin(t *testing.T) {
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "p.go", calling, 0)
	if err != nil {
		t.Fatal(err)
	}
	info := &types.Info{Uses: map[*ast.Ident]types.Object{}, Types: map[ast.Expr]types.TypeAndValue{}}
	config := types.Config{Importer: importer.Default()}
	if _, err := config.Check("p", fset, []*ast.File{file}, info); err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{"predeclared": {"delete byName", "close"}, "clears": {"clear byName"}, "shadowed": {"", ""}}
	for _, decl := range file.Decls {
		fn, ok := decl.(*ast.FuncDecl)
		if !ok {
			continue
		}
		for i, stmt := range fn.Body.List {
			call := stmt.(*ast.ExprStmt).X.(*ast.CallExpr)
			got := Builtin(info, call)
			if shrunk := ShrinksMap(info, call); shrunk != nil {
				got += " " + Variable(info, shrunk).Name()
			}
			if got != want[fn.Name.Name][i] {
				t.Errorf("call %d of %s is of %q, want %q", i, fn.Name.Name, got, want[fn.Name.Name][i])
			}
		}
	}
}
