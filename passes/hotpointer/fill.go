package hotpointer

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// set judges a statement in which v stands: it must be what is set there, and
// to elements.
func (h *holding) set(v ast.Expr, n ast.Node, above []ast.Node) bool {
	for _, set := range match.Assignments(n) {
		if set.Left == v {
			plain := set.Op == token.ASSIGN || set.Op == token.DEFINE
			return set.Right == nil || plain && h.container(set.Right, above)
		}
	}
	return false
}

// container judges what v is set to.
func (h *holding) container(e ast.Expr, above []ast.Node) bool {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		return h.pass.TypesInfo.Types[e].IsNil()
	case *ast.SliceExpr:
		return h.isHolder(e.X)
	case *ast.CompositeLit:
		return h.contents.typed(e.Type) && h.takesAll(e.Elts, above)
	case *ast.CallExpr:
		return h.containerCall(e, above)
	}
	return false
}

func (h *holding) containerCall(call *ast.CallExpr, above []ast.Node) bool {
	if h.pass.TypesInfo.Types[call.Fun].IsType() {
		return h.pass.TypesInfo.Types[call.Args[0]].IsNil() && h.contents.typed(call.Fun)
	}
	switch builtinName(h.pass.TypesInfo, call) {
	case "make":
		return h.contents.typed(call.Args[0])
	case "append":
		first := call.Args[0]
		return call.Ellipsis == token.NoPos &&
			(h.isHolder(first) || h.container(first, above)) && h.takesAll(call.Args[1:], above)
	}
	return false
}

func (h *holding) takesAll(elements []ast.Expr, above []ast.Node) bool {
	return !slices.ContainsFunc(elements, func(e ast.Expr) bool {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			e = pair.Value
		}
		return !h.contents.taken(e, above)
	})
}

// slot judges a use of v[i].
func (h *holding) slot(slot *ast.IndexExpr, above []ast.Node) bool {
	switch parent := above[len(above)-1].(type) {
	case *ast.AssignStmt:
		for _, set := range match.Assignments(parent) {
			if set.Left == slot {
				return set.Op == token.ASSIGN && (h.isSlot(set.Right) || h.contents.taken(set.Right, above))
			}
			if set.Right == slot {
				return h.isSlot(set.Left) || h.give(set.Left, set.Op)
			}
		}
	case *ast.ValueSpec:
		return parent.Type == nil && len(parent.Names) == 1 && h.give(parent.Names[0], token.DEFINE)
	}
	return h.contents.read(slot, above)
}

// give records the new variable that is given an element.
func (h *holding) give(left ast.Expr, op token.Token) bool {
	if left == nil {
		return true
	}
	id, ok := left.(*ast.Ident)
	if !ok || op != token.DEFINE && id.Name != "_" {
		return false
	}
	if p, ok := h.pass.TypesInfo.Defs[id].(*types.Var); ok {
		h.elements = append(h.elements, p)
		return true
	}
	return id.Name == "_"
}
