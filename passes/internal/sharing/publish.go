package sharing

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// A Publication is the instruction by which a function makes an object known
// to others that it has made itself: it puts it, or has a callee put it, into
// a map or list which lies in a field of another object:
//
//	s := &session{id: id}
//	g.mu.Lock()
//	g.sessions[id] = s
//	g.mu.Unlock()
type Publication struct {
	Instr ssa.Instruction
	Into  *types.Var // the field
	held  bool       // under a lock: others use the map or list at any time
	place *Place     // of the map or list
}

// maxPublishers bounds the calls from a function to the one that publishes an
// object for it, and the variables that the object goes through, which may be
// set to each other in a loop.
const maxPublishers = 4

// maxRemovers bounds the calls to a function that takes an object out again.
const maxRemovers = 3

// published returns the publication of an object that comes before an
// instruction of the function that made it, on every way there; of nil, any.
func (e *Evidence) published(object ssa.Value, before ssa.Instruction) *Publication {
	list, ok := e.publications[object]
	if !ok {
		list = e.publicationsOf(object, maxPublishers)
		e.publications[object] = list
	}
	for i, p := range list {
		if p.held && (before == nil || precedes(p.Instr, before)) {
			return &list[i]
		}
	}
	return nil
}

// precedes reports whether an instruction has run when another one of its
// function does.
func precedes(first, then ssa.Instruction) bool {
	if first.Parent() != then.Parent() || first == then {
		return false
	}
	if block := first.Block(); block == then.Block() {
		return slices.Index(block.Instrs, first) < slices.Index(block.Instrs, then)
	}
	return first.Block().Dominates(then.Block())
}

// publicationsOf lists where a value is put into what others know.
func (e *Evidence) publicationsOf(v ssa.Value, depth int) []Publication {
	if depth == 0 || v.Referrers() == nil {
		return nil
	}
	var list []Publication
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.MapUpdate:
			if ref.Value == v {
				list = e.addPublication(list, ref, e.PlaceOf(ref.Map))
			}
		case *ssa.Store:
			if ref.Val == v {
				list = append(list, e.stored(ref, depth)...)
			}
		case *ssa.Call:
			list = append(list, e.publishedBy(ref, v, depth)...)
		}
	}
	return list
}

// addPublication adds a publication, if the place is a field of an object
// which isn't the function's own.
func (e *Evidence) addPublication(list []Publication, instr ssa.Instruction, place *Place) []Publication {
	if place == nil || place.Field == nil || e.builder.owners.owns(instr.Parent(), place) {
		return list
	}
	return append(list, Publication{instr, place.Field, len(e.HeldAt(instr).Must) > 0, place})
}

// stored looks for the list to which a stored value is appended, or the
// variable that has it from then on.
func (e *Evidence) stored(store *ssa.Store, depth int) []Publication {
	var list []Publication
	switch addr := store.Addr.(type) {
	case *ssa.Alloc:
		for _, ref := range *addr.Referrers() {
			if load, ok := ref.(*ssa.UnOp); ok {
				list = append(list, e.publicationsOf(load, depth-1)...)
			}
		}
	case *ssa.IndexAddr:
		if array, ok := addr.X.(*ssa.Alloc); ok {
			for _, call := range program.Appends(array) {
				list = append(list, e.kept(call)...)
			}
		}
	}
	return list
}

// kept returns the publications by which a list is stored.
func (e *Evidence) kept(list *ssa.Call) []Publication {
	var places []Publication
	for _, ref := range *list.Referrers() {
		if store, ok := ref.(*ssa.Store); ok {
			places = e.addPublication(places, store, e.builder.places.target(store.Addr))
		}
	}
	return places
}

// publishedBy looks for publications by the function that a call names.
func (e *Evidence) publishedBy(call *ssa.Call, v ssa.Value, depth int) []Publication {
	callee, args := e.Callee(&call.Call)
	if callee == nil || callee == call.Parent() {
		return nil
	}
	var list []Publication
	for i, param := range callee.Params {
		if i >= len(args) || args[i] != v {
			continue
		}
		for _, inner := range e.publicationsOf(param, depth-1) {
			outer := e.addPublication(nil, call, e.AtCall(&call.Call, inner.place))
			for _, p := range outer {
				p.held = p.held || inner.held
				list = append(list, p)
			}
		}
	}
	return list
}

// Removes reports whether a function takes something out of the map in a
// field, or sets the field to another map or list, itself or by a call by
// name, up to a few calls deep.
func (e *Evidence) Removes(fn *ssa.Function, from *types.Var) bool {
	return e.removes(fn, from, maxRemovers)
}

func (e *Evidence) removes(fn *ssa.Function, from *types.Var, depth int) bool {
	if depth == 0 || fn == nil {
		return false
	}
	found := false
	eachInstr(fn, func(instr ssa.Instruction) {
		found = found || e.removesAt(instr, from, depth)
	})
	return found
}

func (e *Evidence) removesAt(instr ssa.Instruction, from *types.Var, depth int) bool {
	switch instr := instr.(type) {
	case *ssa.Store:
		return e.builder.places.target(instr.Addr).Class() == any(from)
	case *ssa.Call:
		if name := program.Builtin(&instr.Call); name != "" {
			return (name == "delete" || name == "clear") && e.PlaceOf(instr.Call.Args[0]).Class() == any(from)
		}
		callee, _ := e.Callee(&instr.Call)
		return callee != nil && callee != instr.Parent() && e.removes(callee, from, depth-1)
	}
	return false
}

// takenBack reports whether the object may have been taken out again between
// its publication and an instruction.
func (e *Evidence) takenBack(p *Publication, before ssa.Instruction) bool {
	back := false
	eachInstr(p.Instr.Parent(), func(instr ssa.Instruction) {
		if _, deferred := instr.(*ssa.Defer); deferred || instr == p.Instr || back {
			return
		}
		back = e.removesAt(instr, p.Into, maxRemovers) && Reaches(p.Instr, instr) && Reaches(instr, before)
	})
	return back
}
