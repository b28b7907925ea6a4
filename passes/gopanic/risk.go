package gopanic

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// riskOfCall returns what can panic when a call is made, in the function of
// this package that it calls or by the call itself, calls below included to
// the given depth.
func (c *checker) riskOfCall(call *ast.CallExpr, depth int) *risk {
	if lit, ok := ast.Unparen(call.Fun).(*ast.FuncLit); ok {
		return c.riskOf(lit.Body, depth)
	}
	switch fn := typeutil.Callee(c.info, call).(type) {
	case *types.Func:
		if decl := c.declared(fn); decl != nil {
			if depth == 0 {
				return nil
			}
			return c.riskOf(decl.Body, depth-1)
		}
		return c.riskOfImported(call, fn)
	case *types.Builtin:
		if fn.Name() == "panic" {
			return c.riskAt(call, "panics here")
		}
	case *types.Var:
		if c.handedIn(fn) {
			return c.riskAt(call, "runs what somebody else hands in")
		}
	}
	return nil
}

func (c *checker) riskOfImported(call *ast.CallExpr, fn *types.Func) *risk {
	switch {
	case model.LogsAndPanics(fn):
		return c.riskAt(call, "panics here")
	case c.known.Ending(fn).Panics:
		return c.riskAt(call, "panics with an error")
	case strings.HasPrefix(fn.Name(), "Must") && c.atRunTime(call):
		return c.riskAt(call, "panics when there is an error")
	}
	return nil
}

// atRunTime reports whether an operand isn't a constant.
func (c *checker) atRunTime(call *ast.CallExpr) bool {
	for _, arg := range call.Args {
		if c.info.Types[arg].Value == nil {
			return true
		}
	}
	return false
}

// handedIn reports whether a variable of function type holds a function that
// comes from elsewhere and that nobody has looked at: it is a field, or comes
// out of a channel. Parameters and locals are the business of the function
// that starts the goroutine.
func (c *checker) handedIn(v *types.Var) bool {
	if v.IsField() {
		return v.Exported() || v.Pkg() == c.pass.Pkg
	}
	for cursor := range c.root.Preorder((*ast.AssignStmt)(nil), (*ast.RangeStmt)(nil)) {
		for _, set := range match.Assignments(cursor.Node()) {
			if match.LocalVar(c.info, set.Left) != v {
				continue
			}
			if loop, ok := cursor.Node().(*ast.RangeStmt); ok {
				_, isChan := c.info.TypeOf(loop.X).Underlying().(*types.Chan)
				return isChan
			}
			return isReceive(set.Right)
		}
	}
	return false
}

func isReceive(e ast.Expr) bool {
	if e == nil {
		return false
	}
	ref, ok := ast.Unparen(e).(*ast.UnaryExpr)
	return ok && ref.Op == token.ARROW
}

// riskOf returns the first thing in a function body that can panic, unless
// the function defers one that recovers. Literals inside count when they are
// called where they stand.
func (c *checker) riskOf(body *ast.BlockStmt, depth int) *risk {
	if c.recovers(body) {
		return nil
	}
	var found *risk
	checked := make(map[ast.Expr]bool) // assertions with ok, and those of type switches
	ast.Inspect(body, func(n ast.Node) bool {
		if found != nil {
			return false
		}
		switch n := n.(type) {
		case *ast.FuncLit, *ast.GoStmt, *ast.DeferStmt:
			return false
		case *ast.AssignStmt:
			if len(n.Lhs) == 2 && len(n.Rhs) == 1 {
				checked[ast.Unparen(n.Rhs[0])] = true
			}
			found = c.riskOfEntry(n)
		case *ast.IncDecStmt:
			found = c.riskOfEntry(n)
		case *ast.ValueSpec:
			if len(n.Names) == 2 && len(n.Values) == 1 {
				checked[ast.Unparen(n.Values[0])] = true
			}
		case *ast.TypeAssertExpr:
			if n.Type != nil && !checked[n] {
				found = c.riskAt(n, "panics when the type is another one")
			}
		case *ast.IndexExpr:
			found = c.riskOfIndex(n)
		case *ast.CallExpr:
			found = c.riskOfCall(n, depth)
		}
		return found == nil
	})
	return found
}

// riskOfIndex reports a constant index into a list that a call returns, of
// whatever length that may be.
func (c *checker) riskOfIndex(n *ast.IndexExpr) *risk {
	call, ok := ast.Unparen(n.X).(*ast.CallExpr)
	if !ok || c.info.Types[n.Index].Value == nil {
		return nil
	}
	if _, isSlice := c.info.TypeOf(call).Underlying().(*types.Slice); !isSlice {
		return nil
	}
	if fn, ok := typeutil.Callee(c.info, call).(*types.Func); ok && model.SplitsText(fn) && c.info.Types[n.Index].Value.ExactString() == "0" {
		return nil // there is always a first part
	}
	return c.riskAt(n, "panics when there are fewer")
}

// riskOfEntry reports an entry that is set in a map which nobody makes: its
// variable is declared without a value and never set.
func (c *checker) riskOfEntry(stmt ast.Stmt) *risk {
	for _, set := range match.Assignments(stmt) {
		entry, ok := ast.Unparen(set.Left).(*ast.IndexExpr)
		if !ok {
			continue
		}
		m := match.LocalVar(c.info, entry.X)
		if m == nil {
			continue
		}
		if _, isMap := m.Type().Underlying().(*types.Map); isMap && c.staysNil(m) {
			return c.riskAt(entry, "panics, since the map is nil")
		}
	}
	return nil
}

// staysNil reports whether a variable is declared without a value, and neither
// set nor handed out by its address.
func (c *checker) staysNil(v *types.Var) bool {
	declared, set := false, false
	for cursor := range c.root.Preorder((*ast.ValueSpec)(nil), (*ast.AssignStmt)(nil), (*ast.RangeStmt)(nil), (*ast.UnaryExpr)(nil)) {
		if ref, ok := cursor.Node().(*ast.UnaryExpr); ok {
			set = set || ref.Op == token.AND && match.LocalVar(c.info, ref.X) == v
		}
		for _, s := range match.Assignments(cursor.Node()) {
			if match.LocalVar(c.info, s.Left) != v {
				continue
			}
			if _, ok := cursor.Node().(*ast.ValueSpec); ok && s.Right == nil {
				declared = true
			} else {
				set = true
			}
		}
	}
	return declared && !set
}

// recovers reports whether a function defers one that recovers.
func (c *checker) recovers(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.DeferStmt:
			if lit, ok := ast.Unparen(n.Call.Fun).(*ast.FuncLit); ok {
				found = found || match.Recovers(c.info, lit.Body)
			} else if fn, ok := typeutil.Callee(c.info, n.Call).(*types.Func); ok {
				found = found || c.known.Ending(fn).Recovers || c.declared(fn) == nil && match.NamedRecovery(fn.Name())
			}
			return false
		}
		return !found
	})
	return found
}
