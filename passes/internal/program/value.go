package program

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// maxTerms bounds the depth of a value that is looked at.
const maxTerms = 5

// Same reports whether two values are computed alike from the same; what
// lies in memory is taken not to change in between.
func Same(a, b ssa.Value) bool { return same(a, b, maxTerms) }

func same(a, b ssa.Value, depth int) bool {
	if a == b {
		return true
	}
	if depth == 0 {
		return false
	}
	switch a := a.(type) {
	case *ssa.Const:
		b, ok := b.(*ssa.Const)
		return ok && types.Identical(a.Type(), b.Type()) && a.Value == b.Value
	case *ssa.BinOp:
		b, ok := b.(*ssa.BinOp)
		return ok && a.Op == b.Op && same(a.X, b.X, depth-1) && same(a.Y, b.Y, depth-1)
	case *ssa.UnOp:
		b, ok := b.(*ssa.UnOp)
		return ok && a.Op == b.Op && a.Op != token.ARROW && same(a.X, b.X, depth-1)
	case *ssa.FieldAddr:
		b, ok := b.(*ssa.FieldAddr)
		return ok && a.Field == b.Field && same(a.X, b.X, depth-1)
	case *ssa.Call:
		b, ok := b.(*ssa.Call)
		return ok && sameCall(a, b, depth-1)
	case *ssa.Builtin: // one for each call
		b, ok := b.(*ssa.Builtin)
		return ok && a.Name() == b.Name()
	}
	return false
}

func sameCall(a, b *ssa.Call, depth int) bool {
	if a.Call.Method != b.Call.Method || len(a.Call.Args) != len(b.Call.Args) || !same(a.Call.Value, b.Call.Value, depth) {
		return false
	}
	for i := range a.Call.Args {
		if !same(a.Call.Args[i], b.Call.Args[i], depth) {
			return false
		}
	}
	return true
}

// maxOperands bounds the values that lie between a value and one that it is
// made of.
const maxOperands = 12

// Derives reports whether a value is, or is made of, one that is as asked:
// what it is computed or taken from, and the arguments of the calls that
// through lets pass, since what others do with theirs isn't known.
func Derives(v ssa.Value, from func(ssa.Value) bool, through func(*ssa.Call) bool) bool {
	seen := map[ssa.Value]bool{v: true}
	level := []ssa.Value{v}
	for depth := maxOperands; ; depth-- {
		if slices.ContainsFunc(level, from) {
			return true
		}
		if depth == 0 || len(level) == 0 {
			return false
		}
		var next []ssa.Value
		for _, made := range level {
			for _, part := range partsOf(made, through) {
				if !seen[part] {
					seen[part] = true
					next = append(next, part)
				}
			}
		}
		level = next
	}
}

// partsOf lists what a value is made of.
func partsOf(v ssa.Value, through func(*ssa.Call) bool) []ssa.Value {
	switch v := v.(type) {
	case *ssa.BinOp, *ssa.UnOp, *ssa.Extract, *ssa.TypeAssert, *ssa.Convert, *ssa.ChangeType, *ssa.MakeInterface, *ssa.Phi, *ssa.Slice:
	case *ssa.Call:
		if !through(v) {
			return nil
		}
	default:
		return nil
	}
	var parts []ssa.Value
	for _, operand := range v.(ssa.Instruction).Operands(nil) {
		if *operand != nil {
			parts = append(parts, *operand)
		}
	}
	return parts
}

// Builtin returns the name of the predeclared function that a call calls, or
// "".
func Builtin(call *ssa.CallCommon) string {
	if fn, ok := call.Value.(*ssa.Builtin); ok {
		return fn.Name()
	}
	return ""
}

// CallsBuiltin reports whether a call is one of a predeclared function.
func CallsBuiltin(call *ssa.Call) bool { return Builtin(&call.Call) != "" }

// Appends returns the calls that append the elements of an array to a slice,
// as append(list, element) does with an array that is made for it.
func Appends(array *ssa.Alloc) []*ssa.Call {
	var calls []*ssa.Call
	for _, ref := range *array.Referrers() {
		slice, ok := ref.(*ssa.Slice)
		if !ok {
			continue
		}
		for _, use := range *slice.Referrers() {
			if call, ok := use.(*ssa.Call); ok && Builtin(&call.Call) == "append" {
				calls = append(calls, call)
			}
		}
	}
	return calls
}

// Returned returns a result of a return. In a function with deferred calls
// it goes through a variable, which is assigned just before.
func Returned(ret *ssa.Return, index int) ssa.Value {
	load, ok := ret.Results[index].(*ssa.UnOp)
	if !ok {
		return ret.Results[index]
	}
	for _, instr := range slices.Backward(ret.Block().Instrs) {
		if store, ok := instr.(*ssa.Store); ok && store.Addr == load.X {
			return store.Val
		}
	}
	return load
}

// IsZero reports whether a value is the constant zero of its type: nil, false,
// 0 or "".
func IsZero(v ssa.Value) bool {
	c, ok := v.(*ssa.Const)
	if !ok || c.Value == nil {
		return ok
	}
	switch c.Value.Kind() {
	case constant.String:
		return constant.StringVal(c.Value) == ""
	case constant.Bool:
		return !constant.BoolVal(c.Value)
	case constant.Int, constant.Float:
		return constant.Sign(c.Value) == 0
	}
	return false
}
