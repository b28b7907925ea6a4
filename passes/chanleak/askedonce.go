package chanleak

import (
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// Who asks may leave the wait to another function than the one that makes the
// channel: a literal that it returns, a method of the request.
//
//	w := &waiter{prefix, make(chan string)}
//	s.waiters = append(s.waiters, w)
//	return func() (string, error) {
//		select {
//		case line := <-w.hit:
//			return line, nil
//		case <-time.After(timeout):
//			return "", errTimeout
//		}
//	}
//
// That reads like a stream, whose reader comes back for the next value. It is
// an answer if it is sent once, to a request that is taken from where it was
// kept: off a channel, out of a map or a slice.

// comesBack reports whether the channel is received from in another way than
// by selects with a case that comes from outside: somebody may fetch what was
// left.
func (r *roads) comesBack(t *traffic, class any) bool {
	return slices.ContainsFunc(t.receives, func(receive ssa.Instruction) bool {
		choice, ok := receive.(*ssa.Select)
		return !ok || !choice.Blocking || inCycle(choice) || r.leaves(choice, class) == nil
	})
}

// answersOnce reports whether a send answers a request that is taken from
// where it was kept, here or by those who call the function.
func (r *roads) answersOnce(send *ssa.Send) bool {
	request := requestOf(send.Chan)
	return request != nil && r.takenOut(send, request, maxDepth)
}

// requestOf returns the object of which a channel is a field, nil for others.
func requestOf(channel ssa.Value) ssa.Value {
	switch v := channel.(type) {
	case *ssa.Field:
		return v.X
	case *ssa.UnOp:
		if addr, ok := v.X.(*ssa.FieldAddr); ok {
			return addr.X
		}
	}
	return nil
}

// takenOut reports whether a request that an instruction answers, or gives to
// a function which does, was received from a channel or is removed from a map
// or slice on the same way.
func (r *roads) takenOut(at ssa.Instruction, request ssa.Value, depth int) bool {
	root := r.evidence.PlaceOf(request).Root // nil for an element of a container
	if variable, ok := root.(*ssa.Alloc); ok {
		root = onlyStored(variable)
	}
	if extract, ok := root.(*ssa.Extract); ok {
		root = extract.Tuple
	}
	switch root := root.(type) {
	case *ssa.UnOp:
		if root.Op == token.ARROW {
			return isNew(root, at)
		}
	case *ssa.Select:
		return isNew(root, at)
	case *ssa.Parameter:
		return depth > 0 && r.givenTakenOut(root, depth-1)
	}
	return r.removes(at, request.Type()) || unboxed(request) && removesBoxed(at)
}

// isNew reports whether each round that comes to an instruction begins with a
// receive.
func isNew(receive, at ssa.Instruction) bool {
	return receive.Parent() == at.Parent() && !program.Leads(at, at, func(instr ssa.Instruction) bool { return instr == receive })
}

// givenTakenOut reports whether all who call a function give it a request for
// a parameter that they take out.
func (r *roads) givenTakenOut(param *ssa.Parameter, depth int) bool {
	sites := r.evidence.CallSites(param.Parent())
	return len(sites) > 0 && !slices.ContainsFunc(sites, func(site ssa.CallInstruction) bool {
		given := program.Argument(site.Common(), param)
		return given == nil || !r.takenOut(site, given, depth)
	})
}

// removes reports whether whoever comes by an instruction removes objects of a
// type from a map, or from a field that is a slice, before or after it.
func (r *roads) removes(at ssa.Instruction, object types.Type) bool {
	found := false
	sharing.Instructions(at.Parent(), func(instr ssa.Instruction) {
		switch instr := instr.(type) {
		case *ssa.Call:
			deletes := program.Builtin(&instr.Call) == "delete" && holds(instr.Call.Args[0].Type(), object)
			found = found || deletes && onOneWay(instr, at)
		case *ssa.Store:
			removes := holds(instr.Val.Type(), object) && r.shortens(instr)
			found = found || removes && onOneWay(instr, at) && !r.readAgain(instr, at)
		}
	})
	return found
}

// removesBoxed is the same for the standard library's containers, which hold
// values of any type.
func removesBoxed(at ssa.Instruction) bool {
	found := false
	sharing.Instructions(at.Parent(), func(instr ssa.Instruction) {
		if call, ok := instr.(*ssa.Call); ok {
			found = found || model.TakesOut(sharing.CalleeObject(&call.Call)) && onOneWay(call, at)
		}
	})
	return found
}

// unboxed reports whether a value comes out of an interface.
func unboxed(v ssa.Value) bool {
	if extract, ok := v.(*ssa.Extract); ok {
		v = extract.Tuple
	}
	_, ok := v.(*ssa.TypeAssert)
	return ok
}

// onOneWay reports whether a removal comes before an instruction, or behind it
// or the loop in which it stands.
func onOneWay(removal, at ssa.Instruction) bool {
	block := at.Block()
	if loop := program.LoopAround(block); loop != nil && !loop.Holds(removal.Block()) {
		block = loop.Head
	}
	return removal.Block().Dominates(at.Block()) || block.Dominates(removal.Block())
}

// readAgain reports whether a field that was set is read on the way to an
// instruction: what is removed then isn't what that works on.
func (r *roads) readAgain(set *ssa.Store, at ssa.Instruction) bool {
	field := r.evidence.Assigned(set.Addr)
	found := false
	sharing.Instructions(set.Parent(), func(instr ssa.Instruction) {
		load, ok := instr.(*ssa.UnOp)
		if !ok || load.Op != token.MUL || r.evidence.PlaceOf(load) != field {
			return
		}
		found = found || sharing.Reaches(set, load) && sharing.Reaches(load, at) && load.Block().Dominates(at.Block())
	})
	return found
}

// holds reports whether the elements of a map or slice are objects of a type,
// or pointers to them.
func holds(container, object types.Type) bool {
	switch t := container.Underlying().(type) {
	case *types.Map:
		return sharing.SameObjectType(t.Elem(), object)
	case *types.Slice:
		return sharing.SameObjectType(t.Elem(), object)
	}
	return false
}

// shortens reports whether a field is set to another slice than itself with
// something appended.
func (r *roads) shortens(store *ssa.Store) bool {
	field := r.evidence.Assigned(store.Addr)
	if field.Field == nil {
		return false
	}
	call, ok := store.Val.(*ssa.Call)
	return !ok || program.Builtin(&call.Call) != "append" || r.evidence.PlaceOf(call.Call.Args[0]) != field
}
