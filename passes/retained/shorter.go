package retained

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// shorter judges an assignment that makes a list of pointers shorter:
//
//	s.list = append(s.list[:i], s.list[i+1:]...)
//	s.list = s.list[:len(s.list)-1]
func (c *checker) shorter(cursor inspector.Cursor, assign *ast.AssignStmt) {
	list := assign.Lhs[0]
	t := c.info.TypeOf(list)
	if t == nil {
		return // the blank identifier
	}
	slice, ok := t.Underlying().(*types.Slice)
	if !ok || !match.IsPath(list) || !c.outlives(list) || !match.HoldsPointers(slice.Elem()) {
		return
	}
	text := types.ExprString(list)
	switch right := ast.Unparen(assign.Rhs[0]).(type) {
	case *ast.CallExpr:
		if low, high, ok := c.cut(right, text); ok {
			c.reporter.Add(c.deleted(cursor, assign, right, low, high))
		}
	case *ast.SliceExpr:
		if c.popped(right, text) && !c.clearedBefore(cursor, text) {
			c.reporter.Add(c.notCleared(assign, right, slice.Elem(), text))
		}
	}
}

// cut matches append(list[:i], list[j:]...).
func (c *checker) cut(call *ast.CallExpr, list string) (low, high ast.Expr, ok bool) {
	builtin, isBuiltin := typeutil.Callee(c.info, call).(*types.Builtin)
	if !isBuiltin || builtin.Name() != "append" || len(call.Args) != 2 || !call.Ellipsis.IsValid() {
		return nil, nil, false
	}
	head, ok1 := ast.Unparen(call.Args[0]).(*ast.SliceExpr)
	tail, ok2 := ast.Unparen(call.Args[1]).(*ast.SliceExpr)
	if !ok1 || !ok2 || head.Low != nil || head.High == nil || tail.Low == nil || tail.High != nil || head.Slice3 {
		return nil, nil, false
	}
	if types.ExprString(head.X) != list || types.ExprString(tail.X) != list || !simple(head.High) {
		return nil, nil, false
	}
	next := types.ExprString(tail.Low)
	return head.High, tail.Low, next == types.ExprString(head.High)+" + 1" || next == "1" && types.ExprString(head.High) == "0"
}

func simple(e ast.Expr) bool {
	switch ast.Unparen(e).(type) {
	case *ast.Ident, *ast.BasicLit:
		return true
	}
	return false
}

func (c *checker) deleted(cursor inspector.Cursor, assign *ast.AssignStmt, call *ast.CallExpr, low, high ast.Expr) report.Finding {
	list := edit.Print(c.pass.Fset, assign.Lhs[0])
	f := report.Finding{
		Range:   call,
		Message: "the array of " + list + " keeps its last element a second time, alive until it is overwritten: slices.Delete clears it",
	}
	if match.VersionBefore(c.pass, assign.Pos(), "go1.22") {
		return f
	}
	if pkg, imports, ok := edit.Import(c.pass, cursor, "slices"); ok {
		text := pkg + ".Delete(" + list + ", " + edit.Print(c.pass.Fset, low) + ", " + edit.Print(c.pass.Fset, high) + ")"
		f.Fixes = []analysis.SuggestedFix{edit.Fix("Delete with slices.Delete", append(imports, edit.Replace(call, text))...)}
	}
	return f
}

// popped matches list[:len(list)-1], and list[:n] where n is that.
func (c *checker) popped(slice *ast.SliceExpr, list string) bool {
	return types.ExprString(slice.X) == list && slice.Low == nil && slice.High != nil && !slice.Slice3 &&
		types.ExprString(slice.High) == "len("+list+") - 1"
}

// clearedBefore reports whether the statement's neighbours clear an element:
// an assignment to one, or clear.
func (c *checker) clearedBefore(cursor inspector.Cursor, list string) bool {
	cleared := false
	for _, stmt := range match.Statements(cursor.Parent().Node()) {
		ast.Inspect(stmt, func(n ast.Node) bool {
			for _, set := range match.Assignments(n) {
				cleared = cleared || strings.HasPrefix(types.ExprString(set.Left), list+"[")
			}
			if call, ok := n.(*ast.CallExpr); ok && len(call.Args) > 0 {
				builtin, _ := typeutil.Callee(c.info, call).(*types.Builtin)
				cleared = cleared || builtin != nil && builtin.Name() == "clear" && strings.HasPrefix(types.ExprString(call.Args[0]), list)
			}
			return !cleared
		})
	}
	return cleared
}

func (c *checker) notCleared(assign *ast.AssignStmt, slice *ast.SliceExpr, elem types.Type, list string) report.Finding {
	f := report.Finding{
		Range:   slice,
		Message: "the array of " + list + " keeps the element that is cut off alive until it is overwritten: clear it first",
	}
	zero := ""
	switch elem.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Slice, *types.Map, *types.Chan, *types.Signature:
		if _, parameter := types.Unalias(elem).(*types.TypeParam); !parameter {
			zero = "nil"
		}
	case *types.Struct:
		if named, ok := types.Unalias(elem).(*types.Named); ok && named.Obj().Pkg() == c.pass.Pkg && named.TypeArgs().Len() == 0 {
			zero = named.Obj().Name() + "{}"
		}
	}
	if zero != "" && assign.Tok == token.ASSIGN {
		text := list + "[len(" + list + ")-1] = " + zero + "\n" + edit.Indentation(c.pass, assign.Pos())
		f.Fixes = []analysis.SuggestedFix{edit.Fix("Clear the element first", edit.Insert(assign.Pos(), text))}
	}
	return f
}
