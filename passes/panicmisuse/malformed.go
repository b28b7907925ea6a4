package panicmisuse

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// judgeMalformed decides on a panic in the default of a switch over something
// that was read from bytes or text which come in, in a function that returns
// an error for other input that is malformed:
//
//	func Decode(frame []byte) (*Report, error) {
//		fields, err := split(frame)
//		…
//		switch f.tag {
//		case tagTime:
//			if len(f.val) != 8 {
//				return nil, fmt.Errorf("time has %d bytes", len(f.val))
//			}
//		default:
//			panic(fmt.Sprintf("unexpected tag %d", f.tag))
//		}
//
// A switch over what the program itself has chosen has such a default too,
// and there it is a guard: only what is seen to be read counts.
func (c *checker) judgeMalformed(s site, u unit) []report.Finding {
	choice := defaultOf(s.cursor)
	if s.callee != nil || choice == nil || u.lit != nil || !match.ReturnsError(u.sig) || !c.refuses(u) || c.explained(s, nil, u) || c.chosen(s) {
		return nil
	}
	r := &reading{c: c, at: s.cursor, of: c.info.TypeOf(choice.Tag), seen: make(map[*types.Var]bool)}
	if !r.isRead(choice.Tag) {
		return nil
	}
	return []report.Finding{{
		Range:   s.blame(),
		Message: fmt.Sprintf("%s in %s, which returns error for other malformed input: callers crash on an unknown %s", c.spell(s), u.name(), edit.Print(c.pass.Fset, choice.Tag)),
	}}
}

// defaultOf returns the switch over a value in whose default a call stands as
// a statement, or nil.
func defaultOf(call inspector.Cursor) *ast.SwitchStmt {
	if call.ParentEdgeKind() != edge.ExprStmt_X || call.Parent().ParentEdgeKind() != edge.CaseClause_Body {
		return nil
	}
	clause := call.Parent().Parent()
	if clause.Node().(*ast.CaseClause).List != nil {
		return nil
	}
	choice, ok := clause.Parent().Parent().Node().(*ast.SwitchStmt)
	if !ok || choice.Tag == nil {
		return nil
	}
	return choice
}

// refuses reports whether the unit returns an error that it makes itself.
func (c *checker) refuses(u unit) bool {
	found := false
	ast.Inspect(u.body, func(n ast.Node) bool {
		ret, ok := n.(*ast.ReturnStmt)
		if !ok || len(ret.Results) == 0 {
			_, isLit := n.(*ast.FuncLit)
			return !isLit && !found
		}
		made, ok := ast.Unparen(ret.Results[len(ret.Results)-1]).(*ast.CallExpr)
		found = found || ok && model.MakesError(typeutil.StaticCallee(c.info, made))
		return !found
	})
	return found
}

// A reading is the question whether a value was read from input: an element
// of it, a number decoded from it, or a part of what a function of the package
// has made of it that may fail. It is a may analysis over all assignments,
// whatever their order.
type reading struct {
	c    *checker
	at   inspector.Cursor
	of   types.Type // what is asked about
	seen map[*types.Var]bool
}

func (r *reading) isRead(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.SelectorExpr:
		return r.isRead(e.X)
	case *ast.IndexExpr:
		return r.isInput(e.X) || r.isRead(e.X)
	case *ast.Ident:
		return r.isVariable(match.LocalVar(r.c.info, e))
	case *ast.CallExpr:
		return r.isDecoded(e)
	}
	return false
}

// isInput reports whether an expression is text that comes in.
func (r *reading) isInput(e ast.Expr) bool {
	t := &tracer{c: r.c, seen: make(map[types.Object]bool)}
	return isText(r.c.info.TypeOf(e)) && t.isInput(e, r.at)
}

func (r *reading) isVariable(v *types.Var) bool {
	if v == nil || r.seen[v] {
		return false
	}
	r.seen[v] = true
	for cursor := range r.c.assignments(r.at) {
		for _, set := range match.Assignments(cursor.Node()) {
			if match.LocalVar(r.c.info, set.Left) != v {
				continue
			}
			if value := assignedValue(cursor, set); value != nil && r.isRead(value) {
				return true
			}
		}
	}
	return false
}

// isDecoded: conversions hand on what was read; package encoding/binary and
// the package's own functions that return an error make something of input,
// these unless they know the values that are asked about.
func (r *reading) isDecoded(call *ast.CallExpr) bool {
	if r.c.info.Types[call.Fun].IsType() {
		return r.isRead(call.Args[0])
	}
	fn, _ := typeutil.Callee(r.c.info, call).(*types.Func)
	if fn == nil || fn.Pkg() == nil {
		return false
	}
	if decl := r.c.declOf(fn); fn.Pkg().Path() != "encoding/binary" && (decl == nil || !match.ReturnsError(fn.Signature()) || r.knows(decl)) {
		return false
	}
	for _, arg := range call.Args {
		if r.isInput(arg) {
			return true
		}
	}
	return false
}

// knows reports whether a function names a constant of the type.
func (r *reading) knows(decl *ast.FuncDecl) bool {
	found := false
	ast.Inspect(decl, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && !found {
			constant, isConst := r.c.info.Uses[id].(*types.Const)
			found = isConst && types.Identical(constant.Type(), r.of)
		}
		return !found
	})
	return found
}
