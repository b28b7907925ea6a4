package loopcapture

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// matters reports whether a sharing is a mistake: what runs later was meant
// to see the value of its own iteration.
//
// For a loop's own variables there is no doubt. A variable from outside that
// the body sets is one if a goroutine reads it, since setting it races with
// that; for the rest, which may be meant to see the last value, it must be
// given a value of its own by each iteration and not be used behind the loop.
func (n *nest) matters(s site, sh sharing) bool {
	if s.kind == stored && !n.keepsEach(s, sh) {
		return false
	}
	switch {
	case sh.how != byBody:
		return true
	case match.OneRound(n.info, s.stmt, n.loopOf(s, sh.set)):
		return false // if sub == nil { sub = subscribe(); defer func() { unsubscribe(sub) }() }
	case !n.isLocal(sh.v):
		return false
	case s.kind == goroutine:
		return !within(n.loopOf(s, sh.set), sh.v.Pos()) && !n.guarded(sh.use) || n.isHeadVariable(s, sh.v)
	}
	return n.isOfIteration(s, sh)
}

func (n *nest) isLocal(v *types.Var) bool { return v.Parent() != v.Pkg().Scope() }

// isHeadVariable reports whether a three-clause loop around the site declares
// the variable.
func (n *nest) isHeadVariable(s site, v *types.Var) bool {
	for loop := range s.stmt.Enclosing((*ast.ForStmt)(nil)) {
		if init := loop.Node().(*ast.ForStmt).Init; init != nil && match.Declares(n.info, init, v) {
			return true
		}
	}
	return false
}

// guarded reports whether the literal of a use takes a lock, which the loop
// may take, too.
func (n *nest) guarded(u use) bool {
	if u.in == nil {
		return false
	}
	found := false
	ast.Inspect(u.in.Body, func(node ast.Node) bool {
		if call, ok := node.(*ast.CallExpr); ok {
			fn, _ := typeutil.Callee(n.info, call).(*types.Func)
			op := model.LockOperation(fn)
			found = found || op == model.Acquire || op == model.AcquireShared
		}
		return !found
	})
	return found
}

// isOfIteration reports whether a variable from outside holds something of
// one iteration: each sets it before the site, to something that isn't made
// of its old value, and nobody asks for the last one behind the loop. Errors
// and flags are left out: a deferred function asks how things went in the
// end.
func (n *nest) isOfIteration(s site, sh sharing) bool {
	t := sh.v.Type()
	if basic, ok := t.Underlying().(*types.Basic); ok && basic.Kind() == types.Bool {
		return false
	}
	if types.Identical(t, types.Universe.Lookup("error").Type()) {
		return false
	}
	loop := n.loopOf(s, sh.set)
	fresh := true
	ast.Inspect(n.body(), func(node ast.Node) bool {
		for _, set := range match.Assignments(node) {
			if match.LocalVar(n.info, set.Left) != sh.v || !within(loop, node.Pos()) {
				continue
			}
			fresh = fresh && set.Op == token.ASSIGN && set.Right != nil && node.End() <= s.stmt.Node().Pos() && !match.Mentions(n.info, set.Right, sh.v)
		}
		if id, ok := node.(*ast.Ident); ok && n.info.Uses[id] == sh.v && loop.End() <= id.Pos() {
			fresh = false
		}
		return fresh
	})
	return fresh && !within(loop, sh.v.Pos()) && n.alwaysSet(s, sh)
}

// alwaysSet reports whether every path from one round of the site to the next
// sets the variable.
func (n *nest) alwaysSet(s site, sh sharing) bool {
	from, ok := n.flow().Find(s.stmt.Node())
	return ok && !n.flow().Reaches(from, from, func(step program.Step) bool { return n.effect(step.Node, sh.v) == sets })
}

// keepsEach reports whether what is stored outlives the iteration: in a
// collection from outside, or in a variable that the next iteration may
// leave as it is.
func (n *nest) keepsEach(s site, sh sharing) bool {
	loop := n.loopOf(s, sh.set)
	root, indexed := placeRoot(s.place)
	v := n.variable(root)
	if v == nil {
		return false // unknown
	}
	if within(loop, v.Pos()) && !n.isElement(loop, v) {
		return false // a structure of this iteration
	}
	if indexed || isAppend(s.stmt.Node(), s.place) || within(loop, v.Pos()) {
		return true
	}
	from, ok := n.flow().Find(s.stmt.Node())
	return ok && n.skips(from, loop)
}

// skips reports whether an iteration of the loop can go by without the step.
func (n *nest) skips(step program.Step, loop ast.Stmt) bool {
	found := false
	n.flow().Search(step, func(head program.Step) bool {
		if head.Node != ast.Node(loop) {
			return !found
		}
		found = found || n.flow().Reaches(head, head, func(s program.Step) bool { return s == step })
		return false
	})
	return found
}

// isElement reports whether a variable of the iteration stands for something
// that was there before: the loop's own pointer variable, or what is looked
// up in a collection.
func (n *nest) isElement(loop ast.Stmt, v *types.Var) bool {
	if match.Declares(n.info, loop, v) {
		_, isPointer := v.Type().Underlying().(*types.Pointer)
		return isPointer
	}
	found := false
	ast.Inspect(loop, func(node ast.Node) bool {
		for _, set := range match.Assignments(node) {
			if match.LocalVar(n.info, set.Left) != v || set.Right == nil {
				continue
			}
			right := ast.Unparen(set.Right)
			if ref, ok := right.(*ast.UnaryExpr); ok {
				right = ref.X
			}
			_, found = right.(*ast.IndexExpr)
		}
		return !found
	})
	return found
}

// placeRoot returns the identifier at the start of a place that is assigned
// to, and whether an element of a collection is picked on the way.
func placeRoot(place ast.Expr) (root *ast.Ident, indexed bool) {
	for {
		switch e := place.(type) {
		case *ast.Ident:
			return e, indexed
		case *ast.ParenExpr:
			place = e.X
		case *ast.StarExpr:
			place = e.X
		case *ast.SelectorExpr:
			place = e.X
		case *ast.IndexExpr:
			place, indexed = e.X, true
		default:
			return ast.NewIdent("_"), false
		}
	}
}

// isAppend reports whether an assignment appends to the place.
func isAppend(stmt ast.Node, place ast.Expr) bool {
	for _, set := range match.Assignments(stmt) {
		if set.Left == place {
			_, ok := ast.Unparen(set.Right).(*ast.CallExpr)
			return ok
		}
	}
	return false
}
