package loopcapture

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
)

// fixes returns the fix that gives each iteration variables of its own: the
// loop declares them if nobody needs them outside and the language makes that
// enough; otherwise a copy in front of the statement.
func (n *nest) fixes(s site, found []sharing) []analysis.SuggestedFix {
	if len(found) == 1 && found[0].how == byHead && !n.old {
		if fix, ok := n.declareInHead(found[0]); ok {
			return []analysis.SuggestedFix{fix}
		}
	}
	return n.copyBefore(s, found)
}

// copyBefore returns the fix that copies the variables in front of the
// statement, where a statement may stand and nothing behind it in the block
// sets them.
func (n *nest) copyBefore(s site, found []sharing) []analysis.SuggestedFix {
	stmt := s.stmt.Node()
	block := s.stmt.Parent().Node()
	switch s.stmt.ParentEdgeKind() {
	case edge.BlockStmt_List, edge.CaseClause_Body, edge.CommClause_Body:
	default:
		return nil
	}
	var names []string
	for _, sh := range found {
		if sh.how == byCopy || sh.in != nil && n.changes(sh.use) || n.setBehind(block, stmt, sh.v) {
			return nil
		}
		names = append(names, sh.v.Name())
	}
	list := strings.Join(names, ", ")
	return []analysis.SuggestedFix{edit.Fix("Copy "+strings.Join(names, " and ")+" for the iteration",
		edit.Insert(stmt.Pos(), list+" := "+list+"\n"+edit.Indentation(n.pass, stmt.Pos())))}
}

// setBehind reports whether the block sets the variable from the statement on.
func (n *nest) setBehind(block, stmt ast.Node, v *types.Var) bool {
	found := false
	ast.Inspect(block, func(node ast.Node) bool {
		for _, set := range match.Assignments(node) {
			id, ok := ast.Unparen(set.Left).(*ast.Ident)
			found = found || ok && n.info.ObjectOf(id) == v && stmt.Pos() <= node.Pos()
		}
		return !found
	})
	return found
}

// declareInHead returns the fix that makes the head of the loop declare its
// variable, and takes away the declaration in front of the loop.
func (n *nest) declareInHead(sh sharing) (analysis.SuggestedFix, bool) {
	loop, tok, ok := n.headOf(sh)
	if !ok || !n.usedOnlyIn(loop, sh.v) {
		return analysis.SuggestedFix{}, false
	}
	decl, ok := n.plainDeclaration(sh.v)
	if !ok {
		return analysis.SuggestedFix{}, false
	}
	return edit.Fix("Declare "+sh.v.Name()+" in the loop",
		edit.Line(n.pass, decl), analysis.TextEdit{Pos: tok, End: tok + 1, NewText: []byte(":=")}), true
}

// headOf returns the loop whose head sets the variable, and the place of the
// assignment's = there. It isn't ok if := would declare more than the
// variable or give it another type.
func (n *nest) headOf(sh sharing) (loop ast.Node, tok token.Pos, ok bool) {
	if loop, ok := sh.set.(*ast.RangeStmt); ok {
		only := loop.Value == nil || match.IsBlank(loop.Key)
		return loop, loop.TokPos, only && types.Identical(n.rangeType(loop, loop.Value != nil), sh.v.Type())
	}
	post := n.loopOfPost(sh.set)
	if post == nil {
		return nil, token.NoPos, false
	}
	init, ok := post.Init.(*ast.AssignStmt)
	if !ok || len(init.Lhs) != 1 || init.Tok != token.ASSIGN || match.LocalVar(n.info, init.Lhs[0]) != sh.v {
		return nil, token.NoPos, false
	}
	return post, init.TokPos, types.Identical(types.Default(n.literalType(init.Rhs[0])), sh.v.Type())
}

// literalType returns the type that an initial value has by itself.
func (n *nest) literalType(e ast.Expr) types.Type {
	if lit, ok := ast.Unparen(e).(*ast.BasicLit); ok && lit.Kind == token.INT {
		return types.Typ[types.Int] // go/types records the type that it gets
	}
	if n.info.Types[e].Value != nil {
		return types.Typ[types.Invalid]
	}
	return n.info.TypeOf(e)
}

// rangeType returns the type of the key or value of a range statement.
func (n *nest) rangeType(loop *ast.RangeStmt, value bool) types.Type {
	switch t := n.info.TypeOf(loop.X).Underlying().(type) {
	case *types.Slice:
		return pick(value, t.Elem())
	case *types.Array:
		return pick(value, t.Elem())
	case *types.Map:
		if value {
			return t.Elem()
		}
		return t.Key()
	case *types.Chan:
		return t.Elem()
	case *types.Basic:
		if t.Info()&types.IsString == 0 {
			return n.info.TypeOf(loop.X)
		}
		return pick(value, types.Universe.Lookup("rune").Type())
	}
	return types.Typ[types.Invalid]
}

func pick(value bool, elem types.Type) types.Type {
	if value {
		return elem
	}
	return types.Typ[types.Int]
}

// usedOnlyIn reports whether all uses of the variable lie in the loop.
func (n *nest) usedOnlyIn(loop ast.Node, v *types.Var) bool {
	only := true
	ast.Inspect(n.body(), func(node ast.Node) bool {
		if id, ok := node.(*ast.Ident); ok && n.info.Uses[id] == v && !within(loop, id.Pos()) {
			only = false
		}
		return only
	})
	return only
}

// plainDeclaration returns the statement var v T of the function.
func (n *nest) plainDeclaration(v *types.Var) (*ast.DeclStmt, bool) {
	var found *ast.DeclStmt
	ast.Inspect(n.body(), func(node ast.Node) bool {
		stmt, ok := node.(*ast.DeclStmt)
		if !ok {
			return found == nil
		}
		decl := stmt.Decl.(*ast.GenDecl)
		if len(decl.Specs) == 1 {
			spec, ok := decl.Specs[0].(*ast.ValueSpec)
			if ok && len(spec.Names) == 1 && len(spec.Values) == 0 && n.info.Defs[spec.Names[0]] == v {
				found = stmt
			}
		}
		return false
	})
	return found, found != nil
}
