package deferargs

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// A capture is one value that a deferred call takes when the defer statement
// runs.
type capture struct {
	expr ast.Expr // as the source spells it: err, len(files), sb.String()
	loc  location
	as   role
}

// A role is what part a captured value plays in the call.
type role int

const (
	operand   role = iota // read for an argument, or for the receiver's making
	content               // the same, through a method that reads what a value holds: sb.String()
	count                 // the same, through len
	copied                // the receiver, copied since the method has a value receiver
	receiver              // the receiver: a pointer or an interface
	funcValue             // the function itself, a variable
)

// captures lists what a deferred call takes early, in source order. What
// nested calls take is early by design (defer unlock(lock(mu))) and isn't
// listed, apart from calls that only dress a value up for the deferred one.
func (d *deferral) captures() []capture {
	w := &walker{info: d.fn.info}
	switch fun := ast.Unparen(d.call.Fun).(type) {
	case *ast.CallExpr:
		return nil // defer trace(x)(): the first call belongs to the start
	case *ast.SelectorExpr:
		w.method(fun, d.reports)
	case *ast.Ident:
		if loc, ok := locate(w.info, fun); ok {
			w.add(fun, loc, funcValue)
		}
	}
	for _, arg := range d.call.Args {
		w.value(arg)
	}
	return w.list
}

type walker struct {
	info *types.Info
	list []capture
}

func (w *walker) add(e ast.Expr, loc location, as role) {
	w.list = append(w.list, capture{e, loc, as})
}

// method lists the receiver of the deferred method. A variable on which a
// method with a pointer receiver is called isn't captured: its address is.
func (w *walker) method(fun *ast.SelectorExpr, reports bool) {
	selection := w.info.Selections[fun]
	if selection == nil || selection.Kind() == types.MethodExpr {
		return
	}
	if chain, ok := ast.Unparen(fun.X).(*ast.CallExpr); ok {
		if reports {
			w.chain(chain) // log.With("err", err).Info("done")
		}
		return
	}
	loc, ok := locate(w.info, fun.X)
	if !ok {
		return
	}
	if selection.Kind() == types.FieldVal { // a field of function type
		w.add(fun, location{loc.root, append(loc.fields, selection.Obj().(*types.Var))}, funcValue)
		return
	}
	held := isReference(w.info.TypeOf(fun.X))
	switch takesPointer := isReference(selection.Obj().(*types.Func).Signature().Recv().Type()); {
	case !takesPointer:
		w.add(fun.X, loc, copied)
	case held:
		w.add(fun.X, loc, receiver)
	}
}

// chain lists the arguments of calls that make the receiver of a call that
// reports something.
func (w *walker) chain(call *ast.CallExpr) {
	for _, arg := range call.Args {
		w.value(arg)
	}
	if fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		if inner, ok := ast.Unparen(fun.X).(*ast.CallExpr); ok {
			w.chain(inner)
		}
	}
}

// value lists what the evaluation of an operand reads. An index or slice
// expression picks an element, which is the point of evaluating it early.
func (w *walker) value(e ast.Expr) {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident, *ast.SelectorExpr:
		if loc, ok := locate(w.info, e); ok {
			w.add(e, loc, operand)
		}
	case *ast.StarExpr:
		if loc, ok := locate(w.info, e.X); ok {
			w.add(e, loc, operand)
		}
	case *ast.BinaryExpr:
		w.value(e.X)
		w.value(e.Y)
	case *ast.UnaryExpr:
		w.unary(e)
	case *ast.TypeAssertExpr:
		w.value(e.X)
	case *ast.CompositeLit:
		w.composite(e)
	case *ast.CallExpr:
		w.nested(e)
	}
}

func (w *walker) unary(e *ast.UnaryExpr) {
	lit, isLit := ast.Unparen(e.X).(*ast.CompositeLit)
	switch {
	case e.Op == token.AND && isLit:
		w.composite(lit)
	case e.Op != token.AND && e.Op != token.ARROW:
		w.value(e.X)
	}
}

func (w *walker) composite(lit *ast.CompositeLit) {
	for _, elt := range lit.Elts {
		if pair, ok := elt.(*ast.KeyValueExpr); ok {
			elt = pair.Value
		}
		w.value(elt)
	}
}

// nested lists what a call among the operands reads, if it only dresses up
// its operand: a conversion, a length, err.Error(), fmt.Sprint.
func (w *walker) nested(call *ast.CallExpr) {
	if w.info.Types[call.Fun].IsType() {
		w.value(call.Args[0])
		return
	}
	switch fn := typeutil.Callee(w.info, call).(type) {
	case *types.Builtin:
		w.builtin(fn.Name(), call)
	case *types.Func:
		switch {
		case model.ReadsContent(fn):
			w.content(call)
		case fn.Name() == "Error" && fn.Signature().Recv() != nil:
			w.value(ast.Unparen(call.Fun).(*ast.SelectorExpr).X)
		case model.Formats(fn):
			for _, arg := range call.Args {
				w.value(arg)
			}
		}
	}
}

func (w *walker) builtin(name string, call *ast.CallExpr) {
	switch name {
	case "len", "cap":
		if loc, ok := locate(w.info, call.Args[0]); ok {
			w.add(call, loc, count)
		}
	case "min", "max":
		for _, arg := range call.Args {
			w.value(arg)
		}
	}
}

// content lists the value whose contents a call reads: the receiver of
// sb.String(), the operand of atomic.LoadInt64(&n).
func (w *walker) content(call *ast.CallExpr) {
	var of ast.Expr
	if len(call.Args) == 1 {
		of = call.Args[0]
		if ref, ok := ast.Unparen(of).(*ast.UnaryExpr); ok {
			of = ref.X
		}
	} else if fun, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
		of = fun.X
	}
	if of == nil {
		return
	}
	if loc, ok := locate(w.info, of); ok {
		w.add(call, loc, content)
	}
}

// isReference reports whether a value of the type refers to something that
// it doesn't hold itself.
func isReference(t types.Type) bool {
	switch t.Underlying().(type) {
	case *types.Pointer, *types.Interface, *types.Signature, *types.Chan, *types.Map:
		return true
	}
	return false
}
