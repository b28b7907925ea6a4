package suite_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"strings"
	"testing"
)

// copyStatements is the size from which two equal bodies are one function
// written twice.
const copyStatements = 8

// TestNothingTwice finds functions of the repository whose bodies are equal
// but for the names of their variables.
func TestNothingTwice(t *testing.T) {
	first := make(map[string]string)
	for _, s := range sources(t, ".") {
		for _, decl := range s.file.Decls {
			fn, ok := decl.(*ast.FuncDecl)
			if !ok || fn.Body == nil || statements(fn.Body) < copyStatements {
				continue
			}
			shape, here := shapeOf(fn.Body), s.at(fn.Pos())
			if there, ok := first[shape]; ok {
				t.Errorf("%s: %s has the same body as the function at %s", here, fn.Name.Name, there)
				continue
			}
			first[shape] = here
		}
	}
}

// statements counts the statements of a body, nested ones included, blocks
// not.
func statements(body *ast.BlockStmt) int {
	count := 0
	ast.Inspect(body, func(n ast.Node) bool {
		_, isBlock := n.(*ast.BlockStmt)
		if _, ok := n.(ast.Stmt); ok && !isBlock {
			count++
		}
		return true
	})
	return count
}

// shapeOf writes a syntax tree down without positions, and with each name
// that isn't selected from something replaced by its number in order of
// appearance.
func shapeOf(body *ast.BlockStmt) string {
	var out strings.Builder
	numbers := make(map[string]int)
	selected := make(map[*ast.Ident]bool)
	depth := 0
	ast.Inspect(body, func(n ast.Node) bool {
		if n == nil {
			depth--
			return true
		}
		depth++
		fmt.Fprintf(&out, "%d%s", depth, strings.TrimPrefix(reflect.TypeOf(n).String(), "*ast."))
		switch n := n.(type) {
		case *ast.SelectorExpr:
			selected[n.Sel] = true
		case *ast.Ident:
			out.WriteString(identity(n, selected[n], numbers))
		case *ast.BasicLit:
			out.WriteString(n.Value)
		case *ast.BinaryExpr:
			out.WriteString(n.Op.String())
		case *ast.UnaryExpr:
			out.WriteString(n.Op.String())
		case *ast.AssignStmt:
			out.WriteString(n.Tok.String())
		case *ast.IncDecStmt:
			out.WriteString(n.Tok.String())
		case *ast.BranchStmt:
			out.WriteString(n.Tok.String())
		}
		out.WriteByte(' ')
		return true
	})
	return out.String()
}

func identity(id *ast.Ident, selected bool, numbers map[string]int) string {
	if selected {
		return id.Name
	}
	number, ok := numbers[id.Name]
	if !ok {
		number = len(numbers)
		numbers[id.Name] = number
	}
	return fmt.Sprint("#", number)
}

// TestShape keeps the comparison honest: names of variables don't matter,
// all else does.
func TestShape(t *testing.T) {
	const source = `package p
func a(x int) int { y := x + 1; return y }
func b(n int) int { m := n + 1; return m }
func c(n int) int { m := n - 1; return m }
func d(n int) int { m := n + 1; return n }
func e(n T) int { m := n.a + 1; return m }
func f(n T) int { m := n.b + 1; return m }`
	file, err := parser.ParseFile(token.NewFileSet(), "p.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	shapes := make(map[string]string)
	for _, decl := range file.Decls {
		fn := decl.(*ast.FuncDecl)
		shapes[fn.Name.Name] = shapeOf(fn.Body)
	}
	for _, pair := range []string{"ab", "ac", "ad", "ae", "ef"} {
		if equal := shapes[pair[:1]] == shapes[pair[1:]]; equal != (pair == "ab") {
			t.Errorf("functions %s and %s: equal is %v", pair[:1], pair[1:], equal)
		}
	}
}
