package cgomisuse

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// A kind of thing that is to be given back.
type kind int

const (
	memory kind = iota // of C's malloc
	handle
	thread
)

// taken is one thing that a body takes: the call, and the variable that holds
// it; a thread has none.
type taken struct {
	kind kind
	call *ast.CallExpr
	at   ast.Node // the statement
	v    *types.Var
	name string // of the function that took it, as people write it
}

// takenIn returns what a body takes, literals inside left out.
func (c *checker) takenIn(body *ast.BlockStmt) []taken {
	var found []taken
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.AssignStmt:
			if n.Tok == token.DEFINE && len(n.Lhs) == 1 && len(n.Rhs) == 1 {
				if t, ok := c.taking(n.Rhs[0]); ok && t.kind != thread {
					t.at, t.v = n, match.LocalVar(c.pass.TypesInfo, n.Lhs[0])
					if t.v != nil {
						found = append(found, t)
					}
				}
			}
		case *ast.ExprStmt:
			if t, ok := c.taking(n.X); ok && t.kind == thread {
				t.at = n
				found = append(found, t)
			}
		}
		return true
	})
	return found
}

// taking reports whether an expression is a call that takes something;
// unsafe.Pointer(C.CString(s)) counts as well.
func (c *checker) taking(e ast.Expr) (taken, bool) {
	call, ok := ast.Unparen(e).(*ast.CallExpr)
	if !ok {
		return taken{}, false
	}
	if c.pass.TypesInfo.Types[call.Fun].IsType() && len(call.Args) == 1 {
		return c.taking(call.Args[0])
	}
	switch name := cFunction(c.pass.TypesInfo, call); name {
	case "CString", "CBytes":
		return taken{kind: memory, call: call, name: "C." + name}, true
	}
	switch model.Key(typeutil.StaticCallee(c.pass.TypesInfo, call)) {
	case "runtime/cgo.NewHandle":
		return taken{kind: handle, call: call, name: "cgo.NewHandle"}, true
	case "runtime.LockOSThread":
		return taken{kind: thread, call: call, name: "runtime.LockOSThread"}, true
	}
	return taken{}, false
}

// gives reports whether a node gives the thing back: now, or by a defer.
func (c *checker) gives(n ast.Node, t taken) bool {
	releases, mentions := false, t.kind == thread
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.CallExpr:
			releases = releases || c.releases(n, t)
		case *ast.Ident:
			mentions = mentions || t.v != nil && c.pass.TypesInfo.Uses[n] == t.v
		}
		return true
	})
	return releases && mentions
}

func (c *checker) releases(call *ast.CallExpr, t taken) bool {
	key := model.Key(typeutil.StaticCallee(c.pass.TypesInfo, call))
	switch t.kind {
	case memory:
		return cFunction(c.pass.TypesInfo, call) == "free"
	case handle:
		return key == "(runtime/cgo.Handle).Delete"
	}
	return key == "runtime.UnlockOSThread"
}
