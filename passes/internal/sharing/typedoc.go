package sharing

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// OfOneGoroutine reports whether the function is a method of a type whose
// comment says that it isn't safe for concurrent use.
func (e *Evidence) OfOneGoroutine(fn *ssa.Function) bool {
	recv := fn.Signature.Recv()
	if recv == nil {
		return false
	}
	named := model.ReceiverNamed(recv.Type())
	return named != nil && e.loners()[named.Origin().Obj()]
}

// loners lists the types of the package whose comments say so.
func (e *Evidence) loners() map[*types.TypeName]bool {
	if e.alones != nil {
		return e.alones
	}
	e.alones = make(map[*types.TypeName]bool)
	for _, file := range e.pass.Files {
		for _, decl := range file.Decls {
			if decl, ok := decl.(*ast.GenDecl); ok && decl.Tok == token.TYPE {
				e.addLoners(decl)
			}
		}
	}
	return e.alones
}

func (e *Evidence) addLoners(decl *ast.GenDecl) {
	for _, spec := range decl.Specs {
		spec, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		doc := spec.Doc
		if doc == nil {
			doc = decl.Doc
		}
		if obj, ok := e.pass.TypesInfo.Defs[spec.Name].(*types.TypeName); ok && alone.MatchString(doc.Text()) {
			e.alones[obj] = true
		}
	}
}
