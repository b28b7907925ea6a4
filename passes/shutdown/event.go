package shutdown

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// An event is what makes a context be done.
type event struct {
	at  ast.Node
	of  ancestor
	how string
}

// ends returns how a node makes one of the contexts be done, or nil: a
// receive from its Done, a call of its cancel function, the Wait of the group
// that it belongs to.
func (c *checker) ends(cursor inspector.Cursor, contexts []ancestor) *event {
	switch n := cursor.Node().(type) {
	case *ast.UnaryExpr:
		done, ok := ast.Unparen(n.X).(*ast.CallExpr)
		if n.Op != token.ARROW || !ok || !isDone(c.callee(done)) {
			return nil
		}
		if fun, ok := ast.Unparen(done.Fun).(*ast.SelectorExpr); ok {
			if of := find(contexts, match.LocalVar(c.info, fun.X)); of != nil {
				return &event{n, *of, "done from here on"}
			}
		}
	case *ast.CallExpr:
		if cancel := match.LocalVar(c.info, n.Fun); cancel != nil {
			if of := c.madeWith(cancel, contexts); of != nil {
				return &event{n, *of, "cancelled here"}
			}
		}
		fun, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
		if fn := c.callee(n); ok && model.Key(fn) == "(golang.org/x/sync/errgroup.Group).Wait" {
			if of := c.madeWith(match.LocalVar(c.info, fun.X), contexts); of != nil {
				return &event{n, *of, "done when Wait returns"}
			}
		}
	}
	return nil
}

func find(contexts []ancestor, v *types.Var) *ancestor {
	for i := range contexts {
		if v != nil && contexts[i].v == v {
			return &contexts[i]
		}
	}
	return nil
}

// madeWith returns the context that was made by the call that made the
// variable, a cancel function or a group: ctx, cancel := ….
func (c *checker) madeWith(v *types.Var, contexts []ancestor) *ancestor {
	if v == nil {
		return nil
	}
	for cursor := range c.root.Preorder((*ast.AssignStmt)(nil)) {
		assign := cursor.Node().(*ast.AssignStmt)
		if len(assign.Lhs) != 2 || len(assign.Rhs) != 1 {
			continue
		}
		made, ok := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr)
		if !ok {
			continue
		}
		if fn := c.callee(made); fn == nil {
			continue
		} else if _, derives := model.DerivesContext(fn); !derives {
			continue
		}
		first, second := match.LocalVar(c.info, assign.Lhs[0]), match.LocalVar(c.info, assign.Lhs[1])
		switch v {
		case first:
			return find(contexts, second)
		case second:
			return find(contexts, first)
		}
	}
	return nil
}
