package edit

import (
	"go/ast"
	"go/token"
	"go/types"
	"path"
	"strconv"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/inspector"
)

// Import returns the name by which the file around a node knows a package of
// the standard library, with the edits that import it if need be. It gives up
// when the name means something else at the node.
func Import(pass *analysis.Pass, at inspector.Cursor, pkg string) (name string, edits []analysis.TextEdit, ok bool) {
	file := fileAround(at)
	name = path.Base(pkg)
	for _, spec := range file.Imports {
		if known, _ := strconv.Unquote(spec.Path.Value); known == pkg {
			if spec.Name != nil {
				name = spec.Name.Name
			}
			return name, nil, name != "_" && name != "." && means(pass, at, name, pkg)
		}
	}
	if !means(pass, at, name, pkg) {
		return "", nil, false
	}
	edit, ok := addImport(file, pkg)
	return name, []analysis.TextEdit{edit}, ok
}

func fileAround(at inspector.Cursor) *ast.File {
	for file := range at.Enclosing((*ast.File)(nil)) {
		return file.Node().(*ast.File)
	}
	return nil
}

// means reports whether the name, where the node stands, means the package or
// nothing at all.
func means(pass *analysis.Pass, at inspector.Cursor, name, pkg string) bool {
	scope := pass.Pkg.Scope().Innermost(at.Node().Pos())
	if scope == nil {
		return false
	}
	_, obj := scope.LookupParent(name, at.Node().Pos())
	if obj == nil {
		return true
	}
	imported, isPackage := obj.(*types.PkgName)
	return isPackage && imported.Imported().Path() == pkg
}

// addImport returns the edit that imports the package, in its place among
// imports of the standard library, which stand first and sorted.
func addImport(file *ast.File, pkg string) (analysis.TextEdit, bool) {
	quoted := strconv.Quote(pkg)
	for _, decl := range file.Decls {
		block, ok := decl.(*ast.GenDecl)
		if !ok || block.Tok != token.IMPORT {
			break
		}
		if !block.Lparen.IsValid() || len(block.Specs) == 0 {
			continue
		}
		var last *ast.ImportSpec
		for _, spec := range block.Specs {
			spec := spec.(*ast.ImportSpec)
			if last != nil && spec.Path.Value < last.Path.Value {
				break // the next group
			}
			if quoted < spec.Path.Value {
				return Insert(spec.Pos(), quoted+"\n\t"), true
			}
			last = spec
		}
		return Insert(last.End(), "\n\t"+quoted), true
	}
	if len(file.Imports) > 0 {
		return Insert(file.Imports[0].Pos()-token.Pos(len("import ")), "import "+quoted+"\n"), file.Imports[0].Name == nil
	}
	return Insert(file.Name.End(), "\n\nimport "+quoted), true
}
