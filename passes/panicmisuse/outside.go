package panicmisuse

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// maxOutsideDepth bounds the functions of the package through which a failure
// is followed.
const maxOutsideDepth = 3

// dependsOnOutside reports whether a call is seen to fail for what lies
// outside of the program: by the model, because it is handed text, a stream
// or a context, or because it is of a function of this package in which such
// a call can fail. Of other calls, such as one that takes a number off a
// queue, the author may well know that they succeed here.
func (c *checker) dependsOnOutside(call *ast.CallExpr, depth int) bool {
	fn, _ := typeutil.Callee(c.info, call).(*types.Func)
	if fn == nil {
		return true // a function value, of which nothing is known
	}
	switch model.FailureOf(fn) {
	case model.FailsByInput:
		return c.readsInput(call, fn)
	case model.FailsByWorld, model.FailsByStream:
		return true
	}
	decl := c.declOf(fn)
	if decl == nil && decodes(fn) {
		return c.handsOutside(call) && c.readsInput(call, fn)
	}
	if found := c.handsOutside(call); found && (decl == nil || !writesOwn(fn)) || decl == nil || decl.Body == nil || depth >= maxOutsideDepth {
		return found
	}
	found := false
	ast.Inspect(decl.Body, func(n ast.Node) bool {
		inner, ok := n.(*ast.CallExpr)
		if ok && !found && c.givesError(inner) {
			found = c.dependsOnOutside(inner, depth+1)
		}
		return !found
	})
	return found
}

// decodes reports whether a function of another package reads text, by its
// name.
func decodes(fn *types.Func) bool {
	for _, prefix := range []string{"Unmarshal", "Parse", "Decode"} {
		if strings.HasPrefix(fn.Name(), prefix) {
			return true
		}
	}
	return false
}

// readsInput reports whether a parser is handed text that may come from
// outside, or a parameter: who takes text and returns an error is expected to
// tell of it. Of other text, as that of a field, the program may be the author.
func (c *checker) readsInput(call *ast.CallExpr, fn *types.Func) bool {
	at, ok := c.root.FindNode(call)
	texts := 0
	for _, arg := range decisive(fn, call.Args) {
		if tv := c.info.Types[arg]; tv.Value != nil || !isText(tv.Type) {
			continue
		}
		texts++
		t := &tracer{c: c, seen: make(map[types.Object]bool), plain: true}
		if !ok || t.isInput(arg, at) || c.isParameter(arg, at) {
			return true
		}
	}
	return texts == 0
}

// isParameter reports whether an expression is a parameter of the function
// around it, as it is or converted.
func (c *checker) isParameter(e ast.Expr, at inspector.Cursor) bool {
	if conversion, ok := ast.Unparen(e).(*ast.CallExpr); ok && c.info.Types[conversion.Fun].IsType() {
		e = conversion.Args[0]
	}
	v := match.LocalVar(c.info, e)
	for fn := range at.Enclosing((*ast.FuncDecl)(nil), (*ast.FuncLit)(nil)) {
		typ, _ := match.FuncParts(fn.Node())
		return v != nil && typ.Pos() <= v.Pos() && v.Pos() < typ.End()
	}
	return false
}

// writesOwn reports whether a method of the package takes what is written:
// if it hands it on to nothing that can fail, it keeps it in memory.
func writesOwn(fn *types.Func) bool {
	return fn.Signature().Recv() != nil && strings.HasPrefix(fn.Name(), "Write")
}

// handsOutside reports whether an argument is text that doesn't stand in the
// program, a stream, or a context.
func (c *checker) handsOutside(call *ast.CallExpr) bool {
	for _, arg := range call.Args {
		tv := c.info.Types[arg]
		switch {
		case tv.Value != nil || tv.IsNil() || tv.Type == nil:
		case isText(tv.Type), model.TypeKey(tv.Type) == "context.Context":
			return true
		case isStream(tv.Type) && !isAny(tv.Type):
			return true
		}
	}
	return false
}

// isAny reports whether the type says nothing about its values.
func isAny(t types.Type) bool {
	it, ok := t.Underlying().(*types.Interface)
	if !ok {
		return false
	}
	for _, name := range []string{"Read", "Write"} {
		if obj, _, _ := types.LookupFieldOrMethod(it, false, nil, name); obj != nil {
			return false
		}
	}
	return true
}

// givesError reports whether an error is among the results of a call.
func (c *checker) givesError(call *ast.CallExpr) bool {
	switch t := c.info.TypeOf(call).(type) {
	case *types.Tuple:
		return t.Len() > 0 && match.IsError(t.At(t.Len()-1).Type())
	case nil:
		return false
	default:
		return match.IsError(t)
	}
}

// declOf returns the declaration of a function of this package, or nil.
func (c *checker) declOf(fn *types.Func) *ast.FuncDecl {
	if c.decls == nil {
		c.decls = make(map[types.Object]*ast.FuncDecl)
		for file := range c.librarySource() {
			for cursor := range file.Preorder((*ast.FuncDecl)(nil)) {
				decl := cursor.Node().(*ast.FuncDecl)
				c.decls[c.info.Defs[decl.Name]] = decl
			}
		}
	}
	return c.decls[fn.Origin()]
}

// cleansUp reports whether the branch of the site gives a lock or resource
// back before it panics: then the panic was thought about.
func (c *checker) cleansUp(s site) bool {
	guard, ok := guardOf(s.cursor).(*ast.IfStmt)
	if !ok {
		return false
	}
	found := false
	ast.Inspect(guard.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if ok && call.Pos() < s.call.Pos() {
			fn, _ := typeutil.Callee(c.info, call).(*types.Func)
			found = found || fn != nil && (model.Releases(fn) || model.LockOperation(fn) == model.Release || model.LockOperation(fn) == model.ReleaseShared)
		}
		return !found
	})
	return found
}
