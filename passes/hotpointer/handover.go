package hotpointer

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// spawned: what a go statement hands over is held by two goroutines.
func (o *obligations) spawned(call *ssa.CallCommon) {
	operands := call.Args
	if closure, ok := call.Value.(*ssa.MakeClosure); ok {
		operands = slices.Concat(operands, closure.Bindings)
	}
	for _, operand := range operands {
		o.need(o.shown(operand.Type()), "goroutine")
	}
}

// call judges calls of code that isn't this package's, as written.
func (o *obligations) call(call *ssa.CallCommon) {
	if name := program.Builtin(call); name != "" {
		o.builtin(name, call.Args)
		return
	}
	callee := call.StaticCallee()
	if callee == nil {
		return // through an interface or variable: o.pointer judges the arguments
	}
	for _, arg := range callee.TypeArgs() {
		if !isArranging(callee) {
			o.need(o.shown(arg), "generic")
			o.need(o.named(arg), "generic")
		}
	}
	if o.isOurs(callee) || isArranging(callee) {
		return
	}
	for _, arg := range call.Args {
		if !isVariable(arg) {
			o.need(o.shown(arg.Type()), "unknown code")
		}
	}
}

// inside returns the wanted types to which a value of the type holds pointers
// in its own memory, where comparing the value compares them.
func (o *obligations) inside(t types.Type) []*types.TypeName {
	return o.within(t, reach{values: true, named: true, hidden: true, own: o.pass.Pkg})
}

func (o *obligations) named(t types.Type) []*types.TypeName {
	for i, name := range o.wanted {
		if types.Identical(t, name.Type()) {
			return o.wanted[i : i+1]
		}
	}
	return nil
}

// builtin: the elements that copy and append(a, b...) hand over are kept by
// two slices from then on.
func (o *obligations) builtin(name string, args []ssa.Value) {
	switch name {
	case "copy":
		o.need(o.elements(args[1]), "shared")
	case "append":
		if len(args) == 2 && !isArgumentList(args[1]) {
			o.need(o.elements(args[1]), "shared")
		}
	}
}

func (o *obligations) elements(v ssa.Value) []*types.TypeName {
	if slice, ok := v.Type().Underlying().(*types.Slice); ok {
		return o.pointee(slice.Elem())
	}
	return nil
}

// isArgumentList recognises the slice that is made for the arguments of
// append or of a variadic call.
func isArgumentList(v ssa.Value) bool {
	slice, ok := v.(*ssa.Slice)
	if !ok {
		return false
	}
	alloc, ok := slice.X.(*ssa.Alloc)
	return ok && alloc.Comment == "varargs"
}

func (o *obligations) isOurs(fn *ssa.Function) bool {
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	return fn.Blocks != nil
}

// isArranging reports whether the function only orders or searches the
// elements it is given, by a function of the caller's.
func isArranging(fn *ssa.Function) bool {
	obj, ok := fn.Object().(*types.Func)
	return ok && model.Arranges(obj)
}

// onlyArranged reports whether the interface made is nothing but an argument
// of such functions, like that of sort.Slice.
func onlyArranged(made *ssa.MakeInterface) bool {
	for _, ref := range *made.Referrers() {
		call, ok := ref.(*ssa.Call)
		if !ok || call.Call.StaticCallee() == nil || !isArranging(call.Call.StaticCallee()) {
			return false
		}
	}
	return true
}
