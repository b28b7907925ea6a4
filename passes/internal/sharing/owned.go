package sharing

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// owners answers whether a function is the only one that knows an object:
// it made it, or was handed it. The answer ignores that the function may
// have published the object since; constructors fill objects in that state.
type owners struct {
	places  *places
	results map[result]bool
	values  map[ssa.Value]bool
}

// A result is one of the values that a function returns.
type result struct {
	fn    *ssa.Function
	index int
}

// owns reports whether the place belongs to an object that fn made or was
// handed, so that what fn does to it concerns nobody else.
func (o *owners) owns(fn *ssa.Function, place *Place) bool {
	base := place.Base()
	return base.Parent() == fn && o.fresh(base) && !o.lentElement(place, base)
}

// lentElement reports whether the place lies behind a pointer that is an
// element of a new list or map, into which a function of the package has put
// objects that others know:
//
//	for _, c := range r.counters {
//		list = append(list, c)
//	}
//	return list
func (o *owners) lentElement(place *Place, base ssa.Value) bool {
	element := PointerElement(base.Type())
	if element == nil || place.Parent == nil {
		return false
	}
	for place.Parent.Parent != nil {
		place = place.Parent
	}
	if extract, ok := base.(*ssa.Extract); ok {
		base = extract.Tuple
	}
	call, ok := base.(*ssa.Call)
	if !ok || place.Field != nil {
		return false
	}
	callee := origin(call.Call.StaticCallee())
	return hasBody(callee) && o.lends(callee, element)
}

// PointerElement returns the type of the elements of a list or map, nil if
// they are no pointers.
func PointerElement(container types.Type) types.Type {
	var element types.Type
	switch kept := container.Underlying().(type) {
	case *types.Slice:
		element = kept.Elem()
	case *types.Map:
		element = kept.Elem()
	default:
		return nil
	}
	if _, ok := element.Underlying().(*types.Pointer); !ok {
		return nil
	}
	return element
}

// lends reports whether the function puts an object of the type into a list or
// map that it didn't make itself.
func (o *owners) lends(fn *ssa.Function, object types.Type) bool {
	found := false
	eachInstr(fn, func(instr ssa.Instruction) {
		switch instr := instr.(type) {
		case *ssa.Store:
			_, isElement := instr.Addr.(*ssa.IndexAddr)
			found = found || isElement && types.Identical(instr.Val.Type(), object) && !o.freshPlace(instr.Val)
		case *ssa.MapUpdate:
			found = found || types.Identical(instr.Value.Type(), object) && !o.freshPlace(instr.Value)
		}
	})
	return found
}

// fresh reports whether the value is an object that its function made or was
// handed over a channel or by a pool, or a variable that holds such.
func (o *owners) fresh(v ssa.Value) bool {
	if known, ok := o.values[v]; ok {
		return known
	}
	o.values[v] = true // of a value that depends on itself, the other sources count
	o.values[v] = o.isFresh(v)
	return o.values[v]
}

func (o *owners) isFresh(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.MakeMap, *ssa.MakeSlice, *ssa.MakeChan, *ssa.Const, *ssa.MakeClosure:
		return true
	case *ssa.Alloc:
		return o.freshVariable(v)
	case *ssa.Phi:
		return o.allFresh(v.Edges)
	case *ssa.UnOp:
		return v.Op == token.ARROW
	case *ssa.Extract:
		return o.freshExtract(v)
	case *ssa.Call:
		return o.freshResult(v, 0)
	}
	return false
}

func (o *owners) freshExtract(v *ssa.Extract) bool {
	switch tuple := v.Tuple.(type) {
	case *ssa.Call:
		return o.freshResult(tuple, v.Index)
	case *ssa.UnOp, *ssa.Select:
		return true // received
	}
	return false
}

// freshVariable looks at what a variable of pointer type holds at times: when
// isn't known. A variable that is an object itself is fresh.
func (o *owners) freshVariable(v *ssa.Alloc) bool {
	if !IsReference(v.Type().Underlying().(*types.Pointer).Elem()) {
		return true
	}
	var stored []ssa.Value
	collectStores(v, &stored)
	return slices.ContainsFunc(stored, func(s ssa.Value) bool {
		_, isConst := s.(*ssa.Const)
		return !isConst && o.freshPlace(s)
	})
}

func (o *owners) allFresh(values []ssa.Value) bool {
	for _, v := range values {
		if !o.freshPlace(v) {
			return false
		}
	}
	return true
}

// freshPlace looks through conversions and single assignments.
func (o *owners) freshPlace(v ssa.Value) bool {
	place := o.places.of(v)
	return place.Parent == nil && o.fresh(place.Root)
}

// freshResult reports whether the call is of a constructor: a function of
// this package all of whose returns give an object that it made.
func (o *owners) freshResult(call *ssa.Call, index int) bool {
	callee := origin(call.Call.StaticCallee())
	if !hasBody(callee) {
		fn := CalleeObject(&call.Call)
		return fn != nil && model.Key(fn) == "(sync.Pool).Get"
	}
	returned := result{callee, index}
	known, ok := o.results[returned]
	if !ok {
		o.results[returned] = false
		known = o.returnsFresh(callee, index)
		o.results[returned] = known
	}
	return known
}

func (o *owners) returnsFresh(fn *ssa.Function, index int) bool {
	fresh := true
	eachInstr(fn, func(instr ssa.Instruction) {
		if ret, ok := instr.(*ssa.Return); ok && index < len(ret.Results) {
			fresh = fresh && o.freshPlace(ret.Results[index])
		}
	})
	return fresh
}
