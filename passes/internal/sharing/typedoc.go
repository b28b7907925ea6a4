package sharing

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// OfOneGoroutine reports whether the function is a method of a type whose
// comment says that it isn't safe for concurrent use, or by which a type
// implements a method of an interface whose comment says so.
func (e *Evidence) OfOneGoroutine(fn *ssa.Function) bool {
	recv := fn.Signature.Recv()
	if recv == nil {
		return false
	}
	named := model.ReceiverNamed(recv.Type())
	return named != nil && (e.loners()[named.Origin().Obj()] || e.promisedAlone(recv.Type(), fn.Name()))
}

// promisedAlone reports whether a comment in an interface of the package says
// of a method that it isn't called concurrently, and the type implements it.
func (e *Evidence) promisedAlone(t types.Type, method string) bool {
	e.loners()
	return slices.ContainsFunc(e.aloneMethods, func(m *types.Func) bool {
		face, ok := m.Signature().Recv().Type().Underlying().(*types.Interface)
		return ok && m.Name() == method && types.Implements(t, face)
	})
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
		if face, ok := spec.Type.(*ast.InterfaceType); ok {
			e.addAloneMethods(face)
		}
	}
}

func (e *Evidence) addAloneMethods(face *ast.InterfaceType) {
	for _, field := range face.Methods.List {
		if text := oneLine(field.Doc.Text()); len(field.Names) == 0 || !says(text, aloneWords) || !alone.MatchString(text) {
			continue
		}
		if m, ok := e.pass.TypesInfo.Defs[field.Names[0]].(*types.Func); ok {
			e.aloneMethods = append(e.aloneMethods, m)
		}
	}
}
