package sharing

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// A Use is what an access does to a map.
type Use int

// The uses of a map. Those from Assigned on write.
const (
	Read     Use = iota // looked up, ranged over, measured, printed
	Returned            // handed to the caller, who will read it
	Assigned            // a key assigned, deleted, or the map cleared
	Replaced            // the variable or field assigned another map
)

// An Access is one place in the code where a map is used.
type Access struct {
	Instr ssa.Instruction
	Fn    *ssa.Function
	Place *Place   // the map, in the places of Fn
	Expr  ast.Expr // the map in the source, nil if it isn't written there
	Use   Use

	Atomic bool // by a function of sync/atomic, see CollectAtomics
	Inside bool // by a method of what the variable holds, see insideUse
	Kept   bool // inside of a container, see containerUse
	Apart  bool // by the second of two users that the type allows, see CollectValues

	value ssa.Value // the map, or the address that is assigned
	boxed bool      // value is a parameter of interface type, see unboxed
}

// Writes reports whether the access changes the map or the variable.
func (a *Access) Writes() bool { return a.Use >= Assigned }

// accesses finds the map accesses of functions.
type accesses struct {
	variables *variables // set if these are looked for in the place of maps
	values    *values    // or these
	places    *places
	source    *source
}

// of lists the accesses that the function itself makes, in order.
func (x *accesses) of(fn *ssa.Function) []*Access {
	if x.variables != nil {
		return x.variables.of(fn, x.places)
	}
	if x.values != nil {
		return x.values.of(fn, x.places)
	}
	var list []*Access
	add := func(instr ssa.Instruction, value ssa.Value, use Use) {
		place := x.places.of(value)
		if use == Replaced {
			place = x.places.target(value)
		}
		list = append(list, &Access{
			Instr: instr, Fn: fn, Use: use,
			Place: place, Expr: x.source.mapAt(instr), value: value, boxed: isBox(value),
		})
	}
	eachInstr(fn, func(instr ssa.Instruction) {
		switch instr := instr.(type) {
		case *ssa.MapUpdate:
			if instr.Pos().IsValid() && !x.source.literal(instr) {
				add(instr, instr.Map, Assigned)
			}
		case *ssa.Lookup:
			if IsMap(instr.X.Type()) {
				add(instr, instr.X, Read)
			}
		case *ssa.Range:
			if IsMap(instr.X.Type()) {
				add(instr, instr.X, Read)
			}
		case *ssa.Return:
			for _, result := range instr.Results {
				if IsMap(result.Type()) {
					add(instr, result, Returned)
				}
			}
		case *ssa.Store:
			x.ofStore(instr, add)
		case ssa.CallInstruction:
			x.ofCall(instr, add)
		}
	})
	return list
}

// AccessesIn lists the accesses that a function itself makes, in order.
func (e *Evidence) AccessesIn(fn *ssa.Function) []*Access { return e.builder.accesses.of(fn) }

// ofStore finds an assignment of a map variable or field, its declaration
// left out.
func (x *accesses) ofStore(store *ssa.Store, add func(ssa.Instruction, ssa.Value, Use)) {
	if !IsMap(store.Val.Type()) || !store.Pos().IsValid() {
		return
	}
	if alloc, ok := store.Addr.(*ssa.Alloc); ok && x.places.onlyStore(alloc) != nil {
		return
	}
	add(store, store.Addr, Replaced)
}

func (x *accesses) ofCall(instr ssa.CallInstruction, add func(ssa.Instruction, ssa.Value, Use)) {
	call := instr.Common()
	if name := program.Builtin(call); name != "" {
		if len(call.Args) > 0 && IsMap(call.Args[0].Type()) {
			switch name {
			case "delete", "clear":
				add(instr, call.Args[0], Assigned)
			case "len":
				add(instr, call.Args[0], Read)
			}
		}
		return
	}
	fn := CalleeObject(call)
	if fn == nil || hasBody(call.StaticCallee()) {
		return
	}
	if readsReceiver(fn) && !call.IsInvoke() {
		add(instr, call.Args[0], Read)
	}
	for i, arg := range arguments(call) {
		value := mapBehind(arg)
		if value == nil {
			continue
		}
		switch model.UseOfMap(fn, i) {
		case model.MapWritten:
			add(instr, value, Assigned)
		case model.MapRead:
			add(instr, value, Read)
		}
	}
}

// readsReceiver reports whether a method of another package is one of a map,
// which it looks at whatever else it does. Types that say what their methods
// do are unsafeshare's.
func readsReceiver(fn *types.Func) bool {
	recv := fn.Signature().Recv()
	if recv == nil || !IsMap(recv.Type()) {
		return false
	}
	_, said := model.ContractOf(model.TypeKey(recv.Type()))
	return !said
}

// isBox reports whether a value is a parameter in which callers pass anything.
func isBox(v ssa.Value) bool {
	param, ok := v.(*ssa.Parameter)
	return ok && types.IsInterface(param.Type())
}

// arguments returns the arguments of a call without the receiver, those of a
// variadic parameter one by one.
func arguments(call *ssa.CallCommon) []ssa.Value {
	args := call.Args
	if !call.IsInvoke() && call.Signature().Recv() != nil && len(args) > 0 {
		args = args[1:]
	}
	if !call.Signature().Variadic() || len(args) == 0 {
		return args
	}
	list := args[: len(args)-1 : len(args)-1]
	slice, ok := args[len(args)-1].(*ssa.Slice)
	if !ok {
		return list
	}
	alloc, ok := slice.X.(*ssa.Alloc)
	if !ok {
		return list
	}
	for _, ref := range *alloc.Referrers() {
		if addr, ok := ref.(*ssa.IndexAddr); ok {
			for _, use := range *addr.Referrers() {
				if store, ok := use.(*ssa.Store); ok {
					list = append(list, store.Val)
				}
			}
		}
	}
	return list
}

// mapBehind returns the map that a value is, in an interface or not, or the
// parameter that may hold one.
func mapBehind(v ssa.Value) ssa.Value {
	if boxed, ok := v.(*ssa.MakeInterface); ok {
		v = boxed.X
	}
	if IsMap(v.Type()) || isBox(v) {
		return v
	}
	return nil
}

// IsMap reports whether the type is a map.
func IsMap(t types.Type) bool {
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// CalleeObject returns the function or method that a call names, or nil for
// builtins and function values.
func CalleeObject(call *ssa.CallCommon) *types.Func {
	if call.IsInvoke() {
		return call.Method
	}
	if callee := call.StaticCallee(); callee != nil {
		fn, _ := callee.Object().(*types.Func)
		return fn
	}
	return nil
}
