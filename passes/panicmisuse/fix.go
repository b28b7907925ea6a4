package panicmisuse

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// fix returns the error where the unit panics on it, if the panic is a
// statement of the unit itself, and its argument is an error or the text of
// one made by fmt.Sprintf.
func (c *checker) fix(s site, u unit) (analysis.SuggestedFix, bool) {
	if u.deferred || s.callee != nil || s.cursor.ParentEdgeKind() != edge.ExprStmt_X {
		return analysis.SuggestedFix{}, false
	}
	if inner := c.innermost(s); inner != u.body {
		return analysis.SuggestedFix{}, false // in a literal that is called where it stands
	}
	value, ok := c.asError(s.call.Args[0])
	if !ok {
		return analysis.SuggestedFix{}, false
	}
	zeros, ok := edit.Zeros(c.pass, u.typ)
	if !ok {
		return analysis.SuggestedFix{}, false
	}
	text := "return " + strings.Join(append(zeros[:len(zeros)-1], value), ", ")
	return edit.Fix("Return the error", edit.Replace(s.call, text)), true
}

func (c *checker) innermost(s site) *ast.BlockStmt {
	for cursor := range s.cursor.Enclosing((*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch fn := cursor.Node().(type) {
		case *ast.FuncLit:
			return fn.Body
		case *ast.FuncDecl:
			return fn.Body
		}
	}
	return nil
}

// asError writes the panic's argument as an error.
func (c *checker) asError(arg ast.Expr) (string, bool) {
	t := c.info.TypeOf(arg)
	if types.Implements(t, types.Universe.Lookup("error").Type().Underlying().(*types.Interface)) {
		return edit.Source(c.pass, arg), true
	}
	call, ok := arg.(*ast.CallExpr)
	if !ok || model.Key(typeutil.StaticCallee(c.info, call)) != "fmt.Sprintf" {
		return "", false
	}
	selector, ok := call.Fun.(*ast.SelectorExpr)
	if !ok {
		return "", false
	}
	text := edit.Source(c.pass, call)
	name := edit.Source(c.pass, selector)
	return strings.Replace(name, "Sprintf", "Errorf", 1) + c.wrapping(call, text[len(name):]), true
}

// wrapping writes the operands of fmt.Sprintf for fmt.Errorf: with %w for an
// error that the format ends in.
func (c *checker) wrapping(call *ast.CallExpr, operands string) string {
	format, ok := ast.Unparen(call.Args[0]).(*ast.BasicLit)
	if !ok || len(call.Args) < 2 || !match.IsError(c.info.TypeOf(call.Args[len(call.Args)-1])) {
		return operands
	}
	for _, verb := range []string{"%v", "%s"} {
		quote := format.Value[len(format.Value)-1:]
		if before, ok := strings.CutSuffix(format.Value, verb+quote); ok {
			return strings.Replace(operands, format.Value, before+"%w"+quote, 1)
		}
	}
	return operands
}
