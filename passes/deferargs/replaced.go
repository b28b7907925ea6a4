package deferargs

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// forgotten returns a change by which the variable of a deferred release gets
// a new value to release, which nothing releases: the deferred call keeps the
// first.
//
//	f, err := os.Open(first)
//	defer f.Close()
//	f, err = os.Open(second)
//
// The new value must come from a call that knows nothing of the old one, and
// every later use of it must be one that leaves the duty to release it here.
func (d *deferral) forgotten(c capture) (change, bool) {
	if !d.releases(c) {
		return change{}, false
	}
	for _, ch := range d.fn.after(d.step, c.loc) {
		if ch.how == assigned && ch.set.Op == token.ASSIGN && d.isNew(ch, c) && !d.handledAfter(ch) {
			return ch, true
		}
	}
	return change{}, false
}

// releases reports whether the deferred call gives back what the captured
// value holds. For a timer whose owner is gone the collector does (Go 1.23).
func (d *deferral) releases(c capture) bool {
	switch c.as {
	case funcValue:
		return len(d.call.Args) == 0
	case receiver:
		return model.Releases(d.method) && !model.IsTimer(d.fn.info.TypeOf(c.expr))
	}
	return false
}

// isNew reports whether a change gives the variable something of its own to
// release. A cancel function of package context is vet's to follow.
func (d *deferral) isNew(ch change, c capture) bool {
	if ch.set.Right == nil || match.Mentions(d.fn.info, ch.set.Right, ch.loc.root) {
		return false
	}
	switch right := ast.Unparen(ch.set.Right).(type) {
	case *ast.FuncLit:
		return c.as == funcValue
	case *ast.CallExpr:
		fn := typeutil.StaticCallee(d.fn.info, right)
		return !d.fn.info.Types[right.Fun].IsType() && (fn == nil || fn.Pkg() == nil || fn.Pkg().Path() != "context" && !model.OpensNothing(fn))
	}
	return false
}

// handledAfter reports whether some use of the variable that may follow the
// change releases the new value or hands it to somebody who may.
func (d *deferral) handledAfter(ch change) bool {
	for cur := range d.fn.cursor.Preorder((*ast.Ident)(nil)) {
		id := cur.Node().(*ast.Ident)
		if d.fn.info.Uses[id] != ch.loc.root || d.isSet(cur) || !d.mayHandle(cur) {
			continue
		}
		use := change{loc: ch.loc}
		if step, ok := d.fn.graph.Find(id); ok {
			use.steps = append(use.steps, step)
		}
		for _, step := range ch.steps {
			if d.fn.follows(step, use) {
				return true
			}
		}
	}
	return false
}

func (d *deferral) isSet(use inspector.Cursor) bool {
	return use.ParentEdgeKind() == edge.AssignStmt_Lhs
}

// mayHandle reports whether a use of the variable may release its value:
// anything but reading a field, calling a method that isn't there to
// release, comparing, ranging, or passing it to the standard library.
func (d *deferral) mayHandle(use inspector.Cursor) bool {
	for cur := use; ; cur = cur.Parent() {
		parent := cur.Parent()
		switch cur.ParentEdgeKind() {
		case edge.SelectorExpr_X:
			if fn, ok := d.fn.info.Uses[parent.Node().(*ast.SelectorExpr).Sel].(*types.Func); ok {
				return parent.ParentEdgeKind() != edge.CallExpr_Fun || model.Releases(fn)
			}
			if _, ok := d.fn.info.TypeOf(parent.Node().(ast.Expr)).Underlying().(*types.Basic); ok {
				return false // resp.StatusCode holds nothing
			}
		case edge.ParenExpr_X, edge.StarExpr_X:
		case edge.BinaryExpr_X, edge.BinaryExpr_Y, edge.RangeStmt_X, edge.IndexExpr_X, edge.SliceExpr_X:
			return false
		case edge.CallExpr_Args:
			return !d.isBorrowing(parent)
		default:
			return true
		}
	}
}

// isBorrowing reports whether a call uses its operand and leaves it with its
// owner: functions of the standard library do, unless their result, which may
// hold the operand, goes to the caller.
func (d *deferral) isBorrowing(call inspector.Cursor) bool {
	fn, ok := typeutil.Callee(d.fn.info, call.Node().(*ast.CallExpr)).(*types.Func)
	if !ok || !model.IsStandard(fn.Pkg()) {
		return false
	}
	for range call.Enclosing((*ast.ReturnStmt)(nil)) {
		return false
	}
	return true
}
