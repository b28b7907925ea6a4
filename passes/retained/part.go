package retained

import (
	"fmt"
	"go/ast"
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// smallPart is how many bytes are a small part of what is read as a whole.
const smallPart = 256

// part judges data[a:b] with constant bounds, where data is a whole file.
func (c *checker) part(cursor inspector.Cursor, slice *ast.SliceExpr) {
	v := match.LocalVar(c.info, slice.X)
	if v == nil || slice.High == nil || !c.smallBound(slice.High) || !c.kept(cursor) {
		return
	}
	call := c.readBy(cursor, v)
	if call == nil {
		return
	}
	text := edit.Print(c.pass.Fset, slice)
	f := report.Finding{
		Range:   slice,
		Message: fmt.Sprintf("%s keeps all of %s alive, which %s read as a whole", text, v.Name(), edit.Print(c.pass.Fset, call.Fun)),
		Related: []analysis.RelatedInformation{report.Here(call, "read here")},
	}
	if bytes, imports, ok := edit.Import(c.pass, cursor, "bytes"); ok {
		f.Fixes = []analysis.SuggestedFix{edit.Fix("Keep a copy",
			append(imports, edit.Insert(slice.Pos(), bytes+".Clone("), edit.Insert(slice.End(), ")"))...)}
	}
	c.reporter.Add(f)
}

func (c *checker) smallBound(e ast.Expr) bool {
	value := c.info.Types[e].Value
	if value == nil {
		return false
	}
	n, ok := constant.Int64Val(constant.ToInt(value))
	return ok && n <= smallPart
}

// kept reports whether the part goes where it outlives the function's call:
// a field, a package variable, an element of one, or a literal's field.
func (c *checker) kept(cursor inspector.Cursor) bool {
	slice := cursor.Node().(ast.Expr)
	switch parent := cursor.Parent().Node().(type) {
	case *ast.AssignStmt:
		for _, set := range match.Assignments(parent) {
			if set.Right == slice {
				return c.outlives(set.Left)
			}
		}
	case *ast.KeyValueExpr:
		literal, ok := cursor.Parent().Parent().Node().(*ast.CompositeLit)
		if !ok || parent.Value != slice {
			return false
		}
		_, isStruct := c.info.TypeOf(literal).Underlying().(*types.Struct)
		return isStruct
	case *ast.CallExpr:
		builtin, ok := typeutil.Callee(c.info, parent).(*types.Builtin)
		return ok && builtin.Name() == "append" && !parent.Ellipsis.IsValid() && c.outlives(parent.Args[0])
	}
	return false
}

// readBy returns the only call from which the variable gets its value, if it
// reads something as a whole.
func (c *checker) readBy(cursor inspector.Cursor, v *types.Var) *ast.CallExpr {
	var found *ast.CallExpr
	for decl := range cursor.Enclosing((*ast.FuncDecl)(nil)) {
		ast.Inspect(decl.Node(), func(n ast.Node) bool {
			for _, set := range match.Assignments(n) {
				if match.LocalVar(c.info, set.Left) != v {
					continue
				}
				call, ok := set.Right.(*ast.CallExpr)
				if !ok || found != nil || !model.ReadsWhole(typeutil.StaticCallee(c.info, call)) {
					found = nil
					return false
				}
				found = call
			}
			return true
		})
	}
	return found
}
