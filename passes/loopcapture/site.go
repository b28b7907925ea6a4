package loopcapture

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// A site is a place in a loop that makes something which runs, or is looked
// at, later than the iteration.
type site struct {
	kind     kind
	stmt     inspector.Cursor // the statement
	captured []use            // the variables that it refers to, each once, in source order
	place    ast.Expr         // for stored: where
}

// A use is a reference to a variable of the surrounding function that isn't
// read when the site runs.
type use struct {
	v  *types.Var
	at ast.Expr     // the identifier
	in *ast.FuncLit // the literal that it stands in, nil for an address
}

type kind int

const (
	goroutine kind = iota
	deferred
	subtest // of a parallel test
	stored  // in a variable, a field, an element
	sent    // on a channel
	kept    // by a function that is given it
)

// sites returns the sites of the nest in source order, without those in
// function literals: they belong to the literal's function.
func (n *nest) sites() []site {
	var list []site
	n.loop.Inspect([]ast.Node{
		(*ast.FuncLit)(nil), (*ast.GoStmt)(nil), (*ast.DeferStmt)(nil),
		(*ast.ExprStmt)(nil), (*ast.AssignStmt)(nil), (*ast.SendStmt)(nil),
	}, func(cur inspector.Cursor) bool {
		if _, ok := cur.Node().(*ast.FuncLit); ok {
			return false
		}
		if s := n.site(cur); len(s.captured) > 0 && n.inLoopBody(cur) {
			list = append(list, s)
		}
		return true
	})
	return list
}

// inLoopBody reports whether the statement is part of an iteration, rather
// than of a loop's head.
func (n *nest) inLoopBody(stmt inspector.Cursor) bool {
	switch stmt.ParentEdgeKind() {
	case edge.ForStmt_Init, edge.ForStmt_Post:
		return false
	}
	return true
}

// site returns what a statement is a site of. Its captured list is empty if
// it is none.
func (n *nest) site(cur inspector.Cursor) site {
	s := site{stmt: cur}
	switch stmt := cur.Node().(type) {
	case *ast.GoStmt:
		s.kind, s.captured = goroutine, n.capturedByCall(stmt.Call)
	case *ast.DeferStmt:
		s.kind, s.captured = deferred, n.capturedByCall(stmt.Call)
	case *ast.ExprStmt:
		if call, ok := stmt.X.(*ast.CallExpr); ok {
			n.callSite(&s, call)
		}
	case *ast.AssignStmt:
		n.assignSite(&s, stmt)
	case *ast.SendStmt:
		s.kind, s.captured = sent, n.capturedBy(stmt.Value)
	}
	return s
}

// callSite fills in the site of a call that hands a function or an address to
// somebody who uses it later.
func (n *nest) callSite(s *site, call *ast.CallExpr) {
	fn, ok := typeutil.Callee(n.info, call).(*types.Func)
	if !ok {
		return
	}
	if body := n.parallelBody(call, fn); body != nil {
		s.kind, s.captured = subtest, n.capturedIn(body.stmts, body.lit)
		return
	}
	if i := model.Spawns(fn); i >= 0 && i < len(call.Args) {
		s.kind, s.captured = goroutine, n.capturedBy(call.Args[i])
		return
	}
	if isGoMethod(fn) {
		s.kind, s.captured = goroutine, n.capturedBy(call.Args[0])
		return
	}
	s.kind = kept
	for _, arg := range call.Args {
		if model.KeepsFunc(fn) || model.Collects(fn) && fn.Signature().Recv() != nil && isMade(arg) {
			s.captured = append(s.captured, n.capturedBy(arg)...)
		}
	}
}

// isGoMethod reports whether a function is the Go method of some group of
// goroutines that the model doesn't know.
func isGoMethod(fn *types.Func) bool {
	if fn.Name() != "Go" || fn.Signature().Recv() == nil || fn.Signature().Params().Len() != 1 {
		return false
	}
	_, ok := fn.Signature().Params().At(0).Type().Underlying().(*types.Signature)
	return ok
}

// isMade reports whether an operand is a literal, made for whoever gets it.
// An address alone may be there to be read: z.Add(&x, &y).
func isMade(e ast.Expr) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.FuncLit, *ast.CompositeLit:
		return true
	case *ast.UnaryExpr:
		return e.Op == token.AND && isMade(e.X)
	}
	return false
}

// assignSite fills in the site of an assignment that stores a function or an
// address, by itself or as an element appended.
func (n *nest) assignSite(s *site, stmt *ast.AssignStmt) {
	if len(stmt.Lhs) != len(stmt.Rhs) || stmt.Tok != token.ASSIGN {
		return
	}
	s.kind = stored
	for i, right := range stmt.Rhs {
		values := []ast.Expr{right}
		if call, ok := ast.Unparen(right).(*ast.CallExpr); ok {
			if builtin, ok := typeutil.Callee(n.info, call).(*types.Builtin); !ok || builtin.Name() != "append" {
				continue
			}
			values = call.Args[1:]
		}
		for _, value := range values {
			if captured := n.capturedBy(value); len(captured) > 0 {
				s.captured = append(s.captured, captured...)
				s.place = stmt.Lhs[i]
			}
		}
	}
}
