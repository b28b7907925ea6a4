package guardedby

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A line declares fields of a struct, or package-level variables of one var
// declaration.
type line struct {
	vars         []*types.Var
	doc, comment *ast.CommentGroup
	from, to     int // source lines, the comment above included
}

func fieldLines(pass *analysis.Pass, node *ast.StructType) []line {
	var list []line
	for _, field := range node.Fields.List {
		list = append(list, lineOf(pass, field, variablesOf(pass, field), field.Doc, field.Comment))
	}
	return list
}

// variableLines returns nothing for variables of a function.
func variableLines(pass *analysis.Pass, decl *ast.GenDecl) []line {
	var list []line
	for _, spec := range decl.Specs {
		spec := spec.(*ast.ValueSpec)
		var vars []*types.Var
		for _, name := range spec.Names {
			if v, ok := pass.TypesInfo.Defs[name].(*types.Var); ok && v.Parent() == pass.Pkg.Scope() {
				vars = append(vars, v)
			}
		}
		doc := spec.Doc
		if doc == nil && decl.Lparen == token.NoPos {
			doc = decl.Doc
		}
		if len(vars) > 0 {
			list = append(list, lineOf(pass, spec, vars, doc, spec.Comment))
		}
	}
	return list
}

func lineOf(pass *analysis.Pass, node ast.Node, vars []*types.Var, doc, comment *ast.CommentGroup) line {
	start := node.Pos()
	if doc != nil {
		start = doc.Pos()
	}
	return line{vars, doc, comment, pass.Fset.Position(start).Line, pass.Fset.Position(node.End()).Line}
}

// addGroup notes which variables follow a lock without an empty line in
// between, and what the comments say.
func (d *declared) addGroup(lines []line) {
	var lock *types.Var
	last := 0
	for _, line := range lines {
		if line.from > last+1 {
			lock = nil
		}
		last = line.to
		for _, v := range line.vars {
			switch {
			case isLock(v.Type()):
				lock = v
			case lock != nil:
				d.below[v] = lock
			}
		}
	}
	d.comments(lines)
}

// isBelow reports whether the variable is declared right below the lock.
func (d *declared) isBelow(location sharing.Location, h *habit) bool {
	v := variableOf(location.Var)
	return v != nil && d.below[v] != nil && d.below[v] == variableOf(h.class)
}

// variableOf returns the field or package-level variable that the class of a
// lock or a location is, or nil.
func variableOf(class any) *types.Var {
	switch class := class.(type) {
	case *types.Var:
		return class
	case *ssa.Global:
		v, _ := class.Object().(*types.Var)
		return v
	}
	return nil
}
