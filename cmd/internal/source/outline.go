package source

import (
	"go/ast"
	"go/parser"
	"go/token"
)

// A function is a declaration and the lines that it takes.
type function struct {
	name     string // F, or T.M for methods
	from, to int
}

// Function returns the name of the declared function around a line, T.M for
// methods, or "" if there is none.
func (f *Files) Function(name string, line int) string {
	file := f.get(name)
	file.outline.Do(func() { file.functions = outline(file.content) })
	for _, fn := range file.functions {
		if fn.from <= line && line <= fn.to {
			return fn.name
		}
	}
	return ""
}

// outline lists the functions of a file, as far as it can be parsed.
func outline(content []byte) []function {
	if content == nil {
		return nil
	}
	fset := token.NewFileSet()
	parsed, _ := parser.ParseFile(fset, "", content, parser.SkipObjectResolution)
	if parsed == nil {
		return nil
	}
	var list []function
	for _, decl := range parsed.Decls {
		if fn, ok := decl.(*ast.FuncDecl); ok {
			list = append(list, function{
				name: qualified(fn),
				from: fset.PositionFor(fn.Pos(), false).Line,
				to:   fset.PositionFor(fn.End(), false).Line,
			})
		}
	}
	return list
}

func qualified(fn *ast.FuncDecl) string {
	if fn.Recv == nil || len(fn.Recv.List) == 0 {
		return fn.Name.Name
	}
	receiver := fn.Recv.List[0].Type
	for {
		switch t := receiver.(type) {
		case *ast.StarExpr:
			receiver = t.X
		case *ast.ParenExpr:
			receiver = t.X
		case *ast.IndexExpr:
			receiver = t.X
		case *ast.IndexListExpr:
			receiver = t.X
		case *ast.Ident:
			return t.Name + "." + fn.Name.Name
		default:
			return fn.Name.Name
		}
	}
}
