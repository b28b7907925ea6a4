package edit

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"testing"

	"golang.org/x/tools/go/analysis"
)

const text = `package p

func f(a, b int) int {
	return (a +
		b) /* the sum */ * 2
}
`

// parse returns the pass and the operands of the product, text as on disk.
func parse(t *testing.T, disk string, err error) (*analysis.Pass, *ast.BinaryExpr) {
	t.Helper()
	fset := token.NewFileSet()
	file, parseErr := parser.ParseFile(fset, "p.go", text, 0)
	if parseErr != nil {
		t.Fatal(parseErr)
	}
	pass := &analysis.Pass{Fset: fset, ReadFile: func(name string) ([]byte, error) {
		if name != "p.go" {
			t.Errorf("reads %s", name)
		}
		return []byte(disk), err
	}}
	var product *ast.BinaryExpr
	ast.Inspect(file, func(n ast.Node) bool {
		if e, ok := n.(*ast.BinaryExpr); ok && product == nil {
			product = e
		}
		return true
	})
	return pass, product
}

func TestSource(t *testing.T) {
	pass, product := parse(t, text, nil)
	if got := Source(pass, product); got != "(a +\n\t\tb) /* the sum */ * 2" {
		t.Errorf("source is %q", got)
	}
	if got := Source(pass, product.Y); got != "2" {
		t.Errorf("source is %q", got)
	}
}

func TestSourceIsUnknown(t *testing.T) {
	for name, test := range map[string]struct {
		disk string
		err  error
	}{
		"unreadable": {"", errors.New("gone")},
		"cut off":    {text[:30], nil},
	} {
		pass, product := parse(t, test.disk, test.err)
		if got := Source(pass, product); got != "" {
			t.Errorf("%s: source is %q", name, got)
		}
	}
}

func TestPrint(t *testing.T) {
	pass, product := parse(t, text, nil)
	if got := Print(pass.Fset, product.Y); got != "2" {
		t.Errorf("printed as %q", got)
	}
	if got := Print(pass.Fset, &ast.Comment{}); got != "" {
		t.Errorf("what can't be printed is printed as %q", got)
	}
}

func TestEdits(t *testing.T) {
	_, product := parse(t, text, nil)
	insert, replace := Insert(product.Pos(), "1+"), Replace(product.Y, "3")
	if insert.Pos != product.Pos() || insert.End != product.Pos() || string(insert.NewText) != "1+" {
		t.Errorf("insertion %+v", insert)
	}
	if replace.Pos != product.Y.Pos() || replace.End != product.Y.End() || string(replace.NewText) != "3" {
		t.Errorf("replacement %+v", replace)
	}
	if fix := Fix("Do it", insert, replace); fix.Message != "Do it" || len(fix.TextEdits) != 2 {
		t.Errorf("fix %+v", fix)
	}
}
