package sharing

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// A method of an interface of the package is known if one type of the package
// alone has it: who declares an interface beside its only implementation
// means that one, whatever tests and other packages put in its place. One
// that nobody else can name may be any of those that there are.

// methodsByName lists the methods that the package declares, tests left out.
func (e *Evidence) methodsByName() map[string][]*ssa.Function {
	methods := make(map[string][]*ssa.Function)
	for _, fn := range e.funcs {
		if fn.Signature.Recv() != nil && fn.Parent() == nil && !e.isTest(fn) {
			methods[fn.Name()] = append(methods[fn.Name()], fn)
		}
	}
	return methods
}

// maxImplementations bounds the methods that may answer a call.
const maxImplementations = 4

// implementations returns the methods by which the call of an interface's may
// be answered; none if they aren't all known.
func (b *builder) implementations(call *ssa.CallCommon) []*ssa.Function {
	if !call.IsInvoke() {
		return nil
	}
	face, ok := types.Unalias(call.Value.Type()).(*types.Named)
	if !ok || face.Obj().Pkg() != b.pkg {
		return nil
	}
	var found []*ssa.Function
	for _, fn := range b.methods[call.Method.Name()] {
		if implements(fn.Signature.Recv().Type(), face) {
			found = append(found, fn)
		}
	}
	own := !face.Obj().Exported() || !call.Method.Exported()
	if len(found) > maxImplementations || len(found) > 1 && !own {
		return nil
	}
	return found
}

// implements reports whether a receiver has the methods of an interface. Of
// generic types that is asked of the same type arguments.
func implements(recv types.Type, face *types.Named) bool {
	if face.TypeArgs().Len() > 0 {
		named := model.ReceiverNamed(recv)
		if named == nil || named.TypeArgs().Len() != face.TypeArgs().Len() {
			return false
		}
		args := make([]types.Type, face.TypeArgs().Len())
		for i := range args {
			args[i] = named.TypeArgs().At(i)
		}
		same, err := types.Instantiate(nil, face.Origin(), args, false)
		if err != nil {
			return false
		}
		return types.Implements(recv, same.Underlying().(*types.Interface))
	}
	methods, ok := face.Underlying().(*types.Interface)
	return ok && types.Implements(recv, methods)
}
