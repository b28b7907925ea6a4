package hotpointer

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// pointer judges what is done with one pointer to a wanted type, or with the
// address of a variable of such a type once it is used as a pointer.
func (o *obligations) pointer(v ssa.Value) {
	names := o.pointee(v.Type())
	if names == nil || v.Referrers() == nil {
		return
	}
	u := o.uses(v)
	alloc, isAlloc := v.(*ssa.Alloc)
	switch {
	case u.needs != "":
		o.need(names, u.needs)
	case len(u.kept) == 0 && (isAlloc || isVariable(v)):
		// a variable like any other
	case isAlloc && (keptTwice(alloc, u) || u.parts):
		o.need(names, "shared")
	case isAlloc && storedAfter(alloc, u):
		o.need(names, "changed")
	case isAlloc:
		// made, perhaps filled, and handed over once
	case isVariable(v):
		o.need(names, "shared") // with the variable
	case len(u.stores) > 0 || u.parts:
		o.need(names, "changed")
	case len(u.kept) > 1 || len(u.kept) == 1 && !o.isFresh(v):
		o.need(names, "shared")
	}
}

// usage is what is done with one pointer, reads left out.
type usage struct {
	kept   []ssa.Instruction // somebody else has it from here on
	stores []ssa.Instruction // through it
	parts  bool              // somebody has the address of a part, or a closure the variable
	needs  string            // why it must be a pointer, whatever else
}

func (o *obligations) uses(v ssa.Value) usage {
	var u usage
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
			// read
		case *ssa.FieldAddr, *ssa.IndexAddr:
			u.part(ref.(ssa.Value))
		case *ssa.Store:
			if ref.Addr == v {
				u.stores = append(u.stores, ref)
			} else if !isSwap(ref) {
				u.kept = append(u.kept, ref)
			}
		case *ssa.MapUpdate:
			u.kept = append(u.kept, ref)
			if ref.Key == v {
				u.needs = "map key"
			}
		case *ssa.Return, *ssa.Phi:
			if isMemory(v) {
				u.kept = append(u.kept, ref)
			}
		case ssa.CallInstruction:
			if o.keptBy(ref.Common(), v) {
				u.kept = append(u.kept, ref)
			}
		default:
			u.other(ref, isVariable(v))
		}
	}
	return u
}

// isMemory reports whether the value is an object of its own, or a variable,
// so that merging or returning the pointer gives it away. Other pointers
// belong to somebody already.
func isMemory(v ssa.Value) bool {
	_, alloc := v.(*ssa.Alloc)
	return alloc || isVariable(v)
}

// other records the rarer uses. Of a variable they are ordinary: a closure
// captures it, an array in it is sliced, a decoder fills it.
func (u *usage) other(ref ssa.Instruction, variable bool) {
	if !variable {
		u.needs = "identity"
		return
	}
	switch ref.(type) {
	case *ssa.MakeClosure, *ssa.Slice, *ssa.MakeInterface:
		u.parts = true
	default:
		u.needs = "identity"
	}
}

// part follows the address of a field, or of an element of an array, in what
// is pointed to.
func (u *usage) part(address ssa.Value) {
	for _, ref := range *address.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
			// read
		case *ssa.FieldAddr, *ssa.IndexAddr:
			u.part(ref.(ssa.Value))
		case *ssa.Store:
			if ref.Addr == address {
				u.stores = append(u.stores, ref)
			} else {
				u.parts = true
			}
		default:
			u.parts = true
		}
	}
}

// keptBy reports whether a call may keep the pointer. An argument of unknown
// code has been judged by then.
func (o *obligations) keptBy(call *ssa.CallCommon, v ssa.Value) bool {
	callee := call.StaticCallee()
	if callee == nil {
		return true
	}
	if !o.isOurs(callee) {
		return !isVariable(v)
	}
	for i, arg := range call.Args {
		if arg == v && (i >= len(callee.Params) || o.keeps(callee.Params[i])) {
			return true
		}
	}
	return false
}

// keeps reports whether a function keeps what the parameter points to.
func (o *obligations) keeps(param *ssa.Parameter) bool {
	if kept, known := o.keeping[param]; known {
		return kept
	}
	o.keeping[param] = true // while asking: recursion keeps
	u := o.uses(param)
	returned := slices.ContainsFunc(*param.Referrers(), func(ref ssa.Instruction) bool {
		_, ok := ref.(*ssa.Return)
		return ok
	})
	o.keeping[param] = returned || len(u.kept) > 0
	return o.keeping[param]
}

// isFresh reports whether nobody else has the pointer: it is a parameter,
// which callers are asked about, or the result of a function that makes it.
func (o *obligations) isFresh(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Parameter:
		return true
	case *ssa.Call:
		callee := v.Call.StaticCallee()
		return callee != nil && o.isOurs(callee) && makesResult(callee, 0)
	case *ssa.Extract:
		call, ok := v.Tuple.(*ssa.Call)
		if !ok {
			return false
		}
		callee := call.Call.StaticCallee()
		return callee != nil && o.isOurs(callee) && makesResult(callee, v.Index)
	}
	return false
}

func makesResult(fn *ssa.Function, index int) bool {
	for _, block := range fn.Blocks {
		ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		if _, made := ret.Results[index].(*ssa.Alloc); !made {
			return false
		}
	}
	return true
}
