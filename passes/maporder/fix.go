package maporder

import (
	"fmt"
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// sortedKeys returns the fix that ranges over the map's sorted keys, where
// they can be sorted and the map is named by a variable.
//
//	for _, name := range slices.Sorted(maps.Keys(m)) {
//		value := m[name]
func (l *loop) sortedKeys() []analysis.SuggestedFix {
	key, ok := l.stmt.Key.(*ast.Ident)
	if !ok || key.Name == "_" || l.of != ast.Unparen(l.stmt.X) || !ordered(l.info.TypeOf(key)) || !isName(l.of) {
		return nil
	}
	edits, ok := l.imports(l.cursor, "maps", "slices")
	if !ok || match.VersionBefore(l.pass, l.stmt.Pos(), "go1.23") {
		return nil
	}
	of := edit.Print(l.pass.Fset, l.of)
	edits = append(edits,
		analysis.TextEdit{Pos: key.Pos(), End: l.stmt.TokPos, NewText: []byte("_, " + key.Name + " ")},
		edit.Replace(l.stmt.X, "slices.Sorted(maps.Keys("+of+"))"))
	if l.stmt.Value != nil {
		value, ok := l.stmt.Value.(*ast.Ident)
		if !ok {
			return nil
		}
		if value.Name != "_" {
			indent := edit.Indentation(l.pass, l.stmt.Pos())
			edits = append(edits, edit.Insert(l.stmt.Body.Lbrace+1, fmt.Sprintf("\n%s\t%s %s %s[%s]", indent, value.Name, l.stmt.Tok, of, key.Name)))
		}
	}
	return []analysis.SuggestedFix{edit.Fix("Go through the sorted keys", edits...)}
}

// sortedList returns the fix that sorts the list behind the loop, if its
// elements can be compared.
func (l *loop) sortedList(s sink) []analysis.SuggestedFix {
	list, ok := s.list.Type().Underlying().(*types.Slice)
	if !ok || !ordered(list.Elem()) || match.VersionBefore(l.pass, l.stmt.Pos(), "go1.21") {
		return nil
	}
	if _, ok := l.cursor.Parent().Node().(*ast.LabeledStmt); ok {
		return nil
	}
	edits, ok := l.imports(l.cursor, "slices")
	if !ok {
		return nil
	}
	indent := edit.Indentation(l.pass, l.stmt.Pos())
	edits = append(edits, edit.Insert(l.stmt.End(), "\n"+indent+"slices.Sort("+s.list.Name()+")"))
	return []analysis.SuggestedFix{edit.Fix("Sort "+s.list.Name(), edits...)}
}

// sortedCollection returns the fix that sorts what is collected.
func (c *checker) sortedCollection(call *ast.CallExpr) []analysis.SuggestedFix {
	fn, _ := typeutil.Callee(c.info, call).(*types.Func)
	list, ok := c.info.TypeOf(call).Underlying().(*types.Slice)
	fun, isSelector := call.Fun.(*ast.SelectorExpr)
	if !ok || !isSelector || !ordered(list.Elem()) || model.Key(fn) != "slices.Collect" {
		return nil
	}
	return []analysis.SuggestedFix{edit.Fix("Sort the list", edit.Replace(fun.Sel, "Sorted"))}
}

// imports returns the edits that import packages under their own names.
func (c *checker) imports(at inspector.Cursor, pkgs ...string) ([]analysis.TextEdit, bool) {
	var edits []analysis.TextEdit
	for _, pkg := range pkgs {
		name, more, ok := edit.Import(c.pass, at, pkg)
		if !ok || name != pkg {
			return nil, false
		}
		edits = append(edits, more...)
	}
	return edits, true
}

// ordered reports whether values of a type can be compared with <.
func ordered(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsOrdered != 0
}

// isName reports whether an expression is x or x.f.g.
func isName(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.Ident:
		return true
	case *ast.SelectorExpr:
		return isName(e.X)
	}
	return false
}
