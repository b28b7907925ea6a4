package sharing

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// A container is an object that keeps other values in memory and does nothing
// else: a cache, a heap, an index. It has no lock of its own, so goroutines
// need one beside it.
//
// That it is one is read off its fields, also those that other packages don't
// export: nothing to synchronise with, nothing that does work elsewhere, and
// a map, slice or pointer to keep things in. Numbers alone don't make one,
// since they may be changed atomically.

// isContainer reports whether values of a type are containers.
func isContainer(t types.Type) bool {
	named := model.ReceiverNamed(t)
	if named == nil || model.IsStandard(named.Obj().Pkg()) {
		return false
	}
	fields, ok := named.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	keeps := false
	for field := range fields.Fields() {
		switch field.Type().Underlying().(type) {
		case *types.Map, *types.Slice, *types.Pointer:
			keeps = true
		}
	}
	return keeps && isData(named, make(map[types.Type]bool))
}

// isData reports whether a type is nothing but data, as far as its fields and
// what they point to say. The types that are being looked at count as such,
// and large ones don't.
func isData(t types.Type, seen map[types.Type]bool) bool {
	const maxTypes = 100
	if seen[t] {
		return true
	}
	if len(seen) == maxTypes {
		return false
	}
	seen[t] = true
	if named, ok := types.Unalias(t).(*types.Named); ok && model.IsStandard(named.Obj().Pkg()) && !types.IsInterface(named) {
		_, isStruct := named.Underlying().(*types.Struct)
		_, bare := model.ContractOf(model.TypeKey(named))
		return !isStruct || bare || plainStructs[model.TypeKey(named)]
	}
	if _, isParam := types.Unalias(t).(*types.TypeParam); isParam {
		return true
	}
	switch u := t.Underlying().(type) {
	case *types.Chan:
		return false
	case *types.Interface:
		return u.NumMethods() == 0
	case *types.Pointer:
		return isData(u.Elem(), seen)
	case *types.Array:
		return isData(u.Elem(), seen)
	case *types.Struct:
		for field := range u.Fields() {
			if !isData(field.Type(), seen) {
				return false
			}
		}
	}
	return true // what slices and maps keep is another matter
}

// plainStructs are structs of the standard library that are data.
var plainStructs = map[string]bool{
	"time.Time": true, "time.Location": true, "net/netip.Addr": true, "net/netip.Prefix": true,
	"math/big.Int": true, "container/list.Element": true,
}

// containerUse returns what a method does to the container of which it is
// called, and false if it isn't called of one.
func containerUse(call *ssa.Call, fn *types.Func) (Use, bool) {
	if !isContainer(call.Call.Args[0].Type()) {
		return Read, false
	}
	if model.Changes(fn) {
		return Assigned, true
	}
	return Read, true
}
