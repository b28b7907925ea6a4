package explore

import (
	"go/types"
	"maps"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// A deed is something that code does to a field or variable.
type deed uint16

const (
	reads deed = 1 << iota
	writes
	locks
	sends
	receives
	closes
	fills  // puts something into a map or slice
	counts // adds to a WaitGroup, or takes from it
	waits  // for a WaitGroup
	once   // runs a function once
)

// A footprint is what a function and those that it calls do to fields of
// structs, whichever value they belong to, and to variables of the package;
// inner is the part that is done on goroutines which it starts.
type footprint struct {
	fields map[types.Object]deed
	inner  map[types.Object]deed
	calls  map[*ssa.Function]bool // on the same goroutine
	chans  channelDeeds
	spawns bool
	later  bool // leaves a function to a timer or a context
}

// footprints computes footprints by walking static calls; interface calls
// leave none.
type footprints map[*ssa.Function]*footprint

// of returns the footprint of a function. In a recursion, the part that is
// known.
func (s footprints) of(fn *ssa.Function) *footprint {
	if f := s[fn]; f != nil {
		return f
	}
	f := &footprint{fields: make(map[types.Object]deed), inner: make(map[types.Object]deed), calls: make(map[*ssa.Function]bool), chans: newChannelDeeds()}
	s[fn] = f
	for _, b := range fn.Blocks {
		for _, instr := range b.Instrs {
			s.visit(f, instr)
		}
	}
	return f
}

func (s footprints) visit(f *footprint, instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Go:
		f.spawns = true
		for _, callee := range calledBy(&instr.Call) {
			merge(f.inner, s.of(callee).fields)
			merge(f.inner, s.of(callee).inner)
		}
		return
	case ssa.CallInstruction:
		s.call(f, instr.Common())
	}
	for field, d := range deeds(instr) {
		f.fields[field] |= d
	}
	f.chans.visit(instr)
}

func (s footprints) call(f *footprint, call *ssa.CallCommon) {
	asynchronous := spawnsByLibrary(call.StaticCallee())
	f.spawns = f.spawns || asynchronous
	f.later = f.later || asynchronous && model.WaitsFirst(declared(call.StaticCallee()))
	for _, callee := range calledBy(call) {
		inner := s.of(callee)
		if asynchronous {
			merge(f.inner, inner.fields)
		} else {
			merge(f.fields, inner.fields)
			f.calls[callee] = true
			f.chans.merge(inner.chans)
			f.later = f.later || inner.later
			maps.Copy(f.calls, inner.calls)
			f.spawns = f.spawns || inner.spawns
		}
		merge(f.inner, inner.inner)
	}
}

// calledBy lists the functions with a body that a call runs: the callee, and
// function literals that it is given.
func calledBy(call *ssa.CallCommon) []*ssa.Function {
	var list []*ssa.Function
	add := func(v ssa.Value) {
		if made, ok := v.(*ssa.MakeClosure); ok {
			v = made.Fn
		}
		if fn, ok := v.(*ssa.Function); ok && fn.Blocks != nil {
			list = append(list, genericOf(fn))
		}
	}
	if !call.IsInvoke() {
		add(call.Value)
	}
	for _, arg := range call.Args {
		add(arg)
	}
	return list
}

// genericOf returns the generic function of an instance, others as they are.
func genericOf(fn *ssa.Function) *ssa.Function {
	if origin := fn.Origin(); origin != nil {
		return origin
	}
	return fn
}

// deeds says what an instruction does to which fields.
func deeds(instr ssa.Instruction) map[types.Object]deed {
	found := make(map[types.Object]deed)
	switch instr := instr.(type) {
	case *ssa.Store:
		d := writes
		if call, ok := instr.Val.(*ssa.Call); ok && program.Builtin(&call.Call) == "append" {
			d |= fills
		}
		note(found, instr.Addr, d)
	case *ssa.MapUpdate:
		note(found, instr.Map, writes|fills)
	case *ssa.UnOp:
		if program.Loads(instr) {
			note(found, instr.X, reads)
		}
	case ssa.CallInstruction:
		deedsOfCall(found, instr.Common())
	}
	eachChannel(instr, func(ch ssa.Value, d deed) { note(found, ch, d) })
	return found
}

// deedsOfCall adds what a call does by itself: it locks, or the function is
// predeclared.
func deedsOfCall(found map[types.Object]deed, call *ssa.CallCommon) {
	if name := program.Builtin(call); name != "" {
		if name == "delete" || name == "clear" {
			note(found, call.Args[0], writes)
		}
		return
	}
	callee := call.StaticCallee()
	if callee == nil || callee.Blocks != nil {
		return
	}
	fn, _ := callee.Object().(*types.Func)
	switch model.LockOperation(fn) {
	case model.Acquire, model.AcquireShared:
		note(found, call.Args[0], locks)
	}
	switch model.Key(fn) {
	case "(sync.WaitGroup).Add", "(sync.WaitGroup).Done":
		note(found, call.Args[0], counts)
	case "(sync.WaitGroup).Wait":
		note(found, call.Args[0], waits)
	case "(sync.Once).Do":
		note(found, call.Args[0], once)
	}
}

// note adds a deed to the object that a value is, was loaded from, or is an
// element of.
func note(fields map[types.Object]deed, v ssa.Value, d deed) {
	if object := objectOf(v); object != nil {
		fields[object] |= d
	}
}

// objectOf returns the field or variable that a value is the address or the
// content of, elements counting as their container, or nil.
func objectOf(v ssa.Value) types.Object {
	for range 8 {
		switch x := v.(type) {
		case *ssa.FieldAddr:
			return fieldAt(x.X.Type(), x.Field)
		case *ssa.Field:
			return fieldAt(x.X.Type(), x.Field)
		case *ssa.Global:
			return x.Object()
		case *ssa.UnOp:
			v = x.X
		case *ssa.IndexAddr:
			v = x.X
		case *ssa.Extract:
			v = x.Tuple
		case *ssa.Next:
			v = x.Iter
		case *ssa.Range:
			v = x.X
		case *ssa.Lookup:
			v = x.X
		case *ssa.ChangeType:
			v = x.X
		default:
			return nil
		}
	}
	return nil
}

// fieldAt returns a field, the generic one of an instance; nil, and no
// interface that holds nil, where there is none.
func fieldAt(t types.Type, index int) types.Object {
	if field := match.Field(t, index); field != nil {
		return field.Origin()
	}
	return nil
}

func merge[K comparable](into, from map[K]deed) {
	for field, d := range from {
		into[field] |= d
	}
}
