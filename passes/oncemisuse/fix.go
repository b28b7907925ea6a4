package oncemisuse

import (
	"go/ast"
	"go/token"
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// useOnce turns the mutex into a sync.Once and the whole statement into a
// call of its Do, if the mutex is there for nothing else, the variable is set
// nowhere else, and the second look does nothing but set things up.
func (c *checker) useOnce(d doubleCheck) []analysis.SuggestedFix {
	mutex, ok := c.object(d.mutex).(*types.Var)
	if !ok || d.rest == nil || !encloses(d.outer, d.lock.Pos()) || !c.onlyLocks(d) || !c.setOnlyBy(d) || leaves(d.inner.Body) || d.inner.Else != nil {
		return nil
	}
	name, typ := c.declaration(mutex)
	if name == nil || c.uses(mutex) != 2 {
		return nil
	}
	once := onceName(c.object(d.subject))
	if mutex.IsField() || c.pass.Pkg.Scope().Lookup(once) != nil {
		once = name.Name // it stays what it is called
	}
	receiver := strings.TrimSuffix(edit.Print(c.pass.Fset, d.mutex), mutex.Name())
	body := d.inner.Body
	return []analysis.SuggestedFix{edit.Fix("Use a sync.Once",
		edit.Replace(name, once),
		edit.Replace(typ, "sync.Once"),
		analysis.TextEdit{Pos: d.outer.Pos(), End: body.Lbrace + 1, NewText: []byte(receiver + once + ".Do(func() {")},
		analysis.TextEdit{Pos: body.Rbrace, End: d.outer.End(), NewText: []byte("})")},
	)}
}

// onlyLocks reports whether nothing but the lock, its release and the second
// look stands in the statement.
func (c *checker) onlyLocks(d doubleCheck) bool {
	for _, stmt := range d.outer.Body.List {
		if stmt == ast.Stmt(d.inner) {
			continue
		}
		call, ok := callOf(stmt)
		if deferred, isDefer := stmt.(*ast.DeferStmt); isDefer {
			call, ok = deferred.Call, true
		}
		if !ok {
			return false
		}
		if mutex, op := c.lockCall(call); op != model.Acquire && op != model.Release || c.object(mutex) != c.object(d.mutex) {
			return false
		}
	}
	return true
}

// setOnlyBy reports whether the package sets the variable in this place
// alone, so that it never has to be set up again.
func (c *checker) setOnlyBy(d doubleCheck) bool {
	wanted := c.object(d.subject)
	only := true
	for _, file := range c.pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			for _, set := range match.Assignments(n) {
				_, declared := n.(*ast.ValueSpec)
				only = only && (declared && set.Right == nil || c.object(set.Left) != wanted || encloses(d.inner, set.Left.Pos()))
			}
			return only
		})
	}
	return only
}

// leaves reports whether a block can end before its end.
func leaves(body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		switch n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.ReturnStmt, *ast.BranchStmt:
			found = true
		}
		return !found
	})
	return found
}

// declaration returns the name and the type of a variable or field that is
// declared alone, with the type sync.Mutex.
func (c *checker) declaration(v *types.Var) (*ast.Ident, ast.Expr) {
	var name *ast.Ident
	var typ ast.Expr
	for _, file := range c.pass.Files {
		if !encloses(file, v.Pos()) {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			var names []*ast.Ident
			var declared ast.Expr
			switch n := n.(type) {
			case *ast.Field:
				names, declared = n.Names, n.Type
			case *ast.ValueSpec:
				names, declared = n.Names, n.Type
				if len(n.Values) > 0 {
					return true
				}
			}
			if len(names) == 1 && c.info.Defs[names[0]] == v && declared != nil && types.ExprString(declared) == "sync.Mutex" {
				name, typ = names[0], declared
			}
			return true
		})
	}
	return name, typ
}

// onceName names the Once after what it sets up.
func onceName(subject types.Object) string {
	if subject == nil || !token.IsIdentifier(subject.Name()) {
		return "once"
	}
	return strings.ToLower(subject.Name()[:1]) + subject.Name()[1:] + "Once"
}
