package edit

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// NameError returns the name of a function's last result, an error, with the
// edits that name the results where they have no names. It reports false
// when that can't be done without a look at the rest of the function.
func NameError(info *types.Info, typ *ast.FuncType, body *ast.BlockStmt) (name string, edits []analysis.TextEdit, ok bool) {
	if typ.Results == nil || len(typ.Results.List) == 0 {
		return "", nil, false
	}
	list := typ.Results.List
	last := list[len(list)-1]
	if !match.IsError(info.TypeOf(last.Type)) {
		return "", nil, false
	}
	if len(last.Names) > 0 {
		name = last.Names[len(last.Names)-1].Name
		return name, nil, name != "_"
	}
	for _, candidate := range []string{"err", "retErr"} {
		if !namedIn(info, typ, body, candidate) {
			name = candidate
			break
		}
	}
	if name == "" {
		return "", nil, false
	}
	for _, field := range list[:len(list)-1] {
		edits = append(edits, Insert(field.Type.Pos(), "_ "))
	}
	if typ.Results.Opening.IsValid() {
		return name, append(edits, Insert(last.Type.Pos(), name+" ")), true
	}
	return name, []analysis.TextEdit{Insert(last.Type.Pos(), "("+name+" "), Insert(last.Type.End(), ")")}, true
}

// namedIn reports whether the function itself declares a name: a parameter,
// or a variable that stands in its outermost block. Those of blocks inside
// don't collide with a result.
func namedIn(info *types.Info, typ *ast.FuncType, body *ast.BlockStmt, name string) bool {
	scope := info.Scopes[typ]
	if scope == nil || scope.Lookup(name) != nil {
		return true
	}
	used := false
	ast.Inspect(body, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok && id.Name == name {
			obj := info.Uses[id]
			used = used || obj != nil && !within(obj, body) // of the package, or of a function around
		}
		return !used
	})
	return used
}

func within(obj types.Object, n ast.Node) bool { return n.Pos() <= obj.Pos() && obj.Pos() < n.End() }
