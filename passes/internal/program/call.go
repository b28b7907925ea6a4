package program

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// Result returns the value of one of a call's results, nil if nobody uses it
// or there is none with that index.
func Result(call *ssa.Call, index int) ssa.Value {
	if index == 0 && call.Call.Signature().Results().Len() == 1 {
		return call
	}
	for _, ref := range *call.Referrers() {
		if extract, ok := ref.(*ssa.Extract); ok && extract.Index == index {
			return extract
		}
	}
	return nil
}

// Argument returns what a call passes for a parameter of the function that it
// names, of which it may call an instance; nil if it names another one.
func Argument(call *ssa.CallCommon, param *ssa.Parameter) ssa.Value {
	callee := call.StaticCallee()
	if callee == nil || callee != param.Parent() && callee.Origin() != param.Parent() {
		return nil
	}
	return call.Args[slices.Index(param.Parent().Params, param)]
}
