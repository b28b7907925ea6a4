package sharing

import (
	"go/constant"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// texts lists the methods that a call runs because it makes text of what it
// is given:
//
//	fmt.Errorf("%v is closed", s)    // runs s.String
//
// Methods by embedding are left out, and those of values behind a pointer.
func (b *builder) texts(call ssa.CallInstruction) []invocation {
	common := call.Common()
	fn := CalleeObject(common)
	if fn == nil {
		return nil
	}
	first, formatted := model.AsksForText(fn)
	args := arguments(common)
	if first < 0 || first > len(args) {
		return nil
	}
	var asked []bool
	if formatted {
		format, ok := args[first-1].(*ssa.Const)
		if !ok || format.Value == nil {
			return nil
		}
		if asked, ok = model.AskedByVerbs(constant.StringVal(format.Value)); !ok {
			return nil
		}
	}
	_, isGo := call.(*ssa.Go)
	var list []invocation
	for i, arg := range args[first:] {
		if formatted && (i >= len(asked) || !asked[i]) {
			continue
		}
		if method, receiver := textOf(call.Parent().Prog, arg); method != nil {
			list = append(list, invocation{method, []ssa.Value{receiver}, Run{Async: isGo}})
		}
	}
	return list
}

// textOf returns the method that is asked for the text of a value in an
// interface, and its receiver.
func textOf(prog *ssa.Program, arg ssa.Value) (*ssa.Function, ssa.Value) {
	boxed, ok := arg.(*ssa.MakeInterface)
	if !ok {
		return nil, nil
	}
	methods := prog.MethodSets.MethodSet(boxed.X.Type())
	if methods.Lookup(nil, "Format") != nil {
		return nil, nil
	}
	for _, name := range []string{"Error", "String"} {
		selection := methods.Lookup(nil, name)
		if selection == nil {
			continue
		}
		obj, ok := selection.Obj().(*types.Func)
		if !ok || len(selection.Index()) > 1 || !isPlainText(obj, boxed.X.Type()) {
			return nil, nil
		}
		method := origin(prog.FuncValue(obj.Origin()))
		if !hasBody(method) {
			return nil, nil
		}
		return method, boxed.X
	}
	return nil, nil
}

// isPlainText reports whether a method has the signature of fmt.Stringer's,
// and a receiver of just that type.
func isPlainText(method *types.Func, t types.Type) bool {
	sig := method.Signature()
	if sig.Params().Len() > 0 || sig.Results().Len() != 1 {
		return false
	}
	_, viaPointer := sig.Recv().Type().Underlying().(*types.Pointer)
	_, isPointer := t.Underlying().(*types.Pointer)
	return viaPointer == isPointer
}
