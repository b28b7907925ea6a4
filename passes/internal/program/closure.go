package program

import "golang.org/x/tools/go/ssa"

// Binding returns what a literal captured as the free variable where the
// closure is made, nil if closure is.
func Binding(closure *ssa.MakeClosure, free *ssa.FreeVar) ssa.Value {
	if closure == nil {
		return nil
	}
	for i, v := range free.Parent().FreeVars {
		if v == free {
			return closure.Bindings[i]
		}
	}
	return nil
}
