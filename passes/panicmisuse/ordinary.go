package panicmisuse

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// failsOrdinarily reports whether a call can return an error for a reason
// that lies outside of the program: what it reads or is given. Calls whose
// arguments are all written in the program fail on the first run or never.
func (c *checker) failsOrdinarily(call *ast.CallExpr, at inspector.Cursor) bool {
	fn, _ := typeutil.Callee(c.info, call).(*types.Func)
	if fn == nil {
		return true // a function value
	}
	if selector, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok && fn.Signature().Recv() != nil {
		if recv := c.info.TypeOf(selector.X); model.Random(recv) || model.InMemory(recv) && fn.Name() == "Write" {
			return false
		}
	}
	switch model.FailureOf(fn) {
	case model.FailsNever, model.FailsByMisuse, model.FailsByStructure:
		return false
	case model.FailsByWorld:
		return true
	case model.FailsByStream:
		return !c.inMemory(call)
	}
	w := &written{c: c, at: at, parser: model.FailureOf(fn) == model.FailsByInput, vars: make(map[*types.Var]bool)}
	return len(call.Args) == 0 || !w.all(decisive(fn, call.Args))
}

// decisive returns the arguments that decide whether a call fails.
func decisive(fn *types.Func, args []ast.Expr) []ast.Expr {
	if model.FailsByPattern(fn) {
		return args[:1]
	}
	return args
}

// failsByTable reports whether the model knows the call to fail for what it
// reads or is given.
func (c *checker) failsByTable(call *ast.CallExpr) bool {
	fn, _ := typeutil.Callee(c.info, call).(*types.Func)
	if fn == nil {
		return false
	}
	switch model.FailureOf(fn) {
	case model.FailsByInput, model.FailsByWorld:
		return true
	}
	return false
}

// inMemory reports whether everything that the call reads from or writes to
// lies in memory.
func (c *checker) inMemory(call *ast.CallExpr) bool {
	streams := 0
	for _, arg := range call.Args {
		switch t := c.info.TypeOf(arg); {
		case model.InMemory(t) || c.isRandom(arg):
			streams++
		case isStream(t):
			return false
		}
	}
	return streams > 0
}

// isStream reports whether values of the type can be read from or written to.
func isStream(t types.Type) bool {
	for _, name := range []string{"Read", "Write"} {
		if obj, _, _ := types.LookupFieldOrMethod(t, true, nil, name); obj != nil {
			return true
		}
	}
	return types.IsInterface(t)
}

// isRandom reports whether the argument is crypto/rand.Reader, which can't
// fail.
func (c *checker) isRandom(arg ast.Expr) bool {
	selector, ok := arg.(*ast.SelectorExpr)
	if !ok {
		return false
	}
	v, ok := c.info.Uses[selector.Sel].(*types.Var)
	return ok && model.RandomReader(v)
}

// written is the question whether expressions stand in the program as they
// are: constants, nil, package variables (tables, embedded files), and what
// is made of these by conversion, composition, selection and assignment to
// local variables.
type written struct {
	c      *checker
	at     inspector.Cursor
	parser bool // the expressions are arguments of a parser: an address is where it stores
	vars   map[*types.Var]bool
}

func (w *written) all(exprs []ast.Expr) bool {
	for _, e := range exprs {
		if !w.is(e) {
			return false
		}
	}
	return true
}

func (w *written) is(e ast.Expr) bool {
	tv := w.c.info.Types[e]
	if tv.Value != nil || tv.IsNil() || tv.IsType() {
		return true
	}
	switch e := e.(type) {
	case *ast.ParenExpr:
		return w.is(e.X)
	case *ast.UnaryExpr:
		return w.parser && e.Op == token.AND || w.is(e.X)
	case *ast.BinaryExpr:
		return w.is(e.X) && w.is(e.Y)
	case *ast.IndexExpr:
		return w.is(e.X)
	case *ast.SliceExpr:
		return w.is(e.X)
	case *ast.CompositeLit:
		return w.all(e.Elts)
	case *ast.KeyValueExpr:
		return w.is(e.Value)
	case *ast.CallExpr:
		return w.c.info.Types[e.Fun].IsType() && w.all(e.Args) || w.encodes(e)
	case *ast.SelectorExpr:
		return w.isVariable(e.Sel) || w.is(e.X)
	case *ast.Ident:
		return w.isVariable(e)
	}
	return false
}

// encodes: what the program has encoded itself, it can decode; the tags of
// its types stand in the program, too.
func (w *written) encodes(call *ast.CallExpr) bool {
	fn := typeutil.StaticCallee(w.c.info, call)
	return fn != nil && (model.FailureOf(fn) == model.FailsByStructure || model.ReadsTag(fn))
}

// isVariable: a package's variable counts as written, a local one if all
// that its function assigns to it is.
func (w *written) isVariable(id *ast.Ident) bool {
	v, ok := w.c.info.Uses[id].(*types.Var)
	if !ok || v.IsField() || v.Pkg() == nil {
		return false
	}
	if v.Parent() == v.Pkg().Scope() {
		return true
	}
	if _, asked := w.vars[v]; !asked {
		w.vars[v] = true // for assignments that depend on the variable itself
		w.vars[v] = w.assigned(v)
	}
	return w.vars[v]
}

func (w *written) assigned(v *types.Var) bool {
	found := false
	for cursor := range w.c.assignments(w.at) {
		for _, set := range match.Assignments(cursor.Node()) {
			if match.LocalVar(w.c.info, set.Left) != v {
				continue
			}
			if value := assignedValue(cursor, set); value == nil || !w.is(value) {
				return false
			}
			found = true
		}
	}
	return found
}
