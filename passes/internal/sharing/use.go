package sharing

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// A Location is the maps that are one field of all objects of a struct type,
// or one package-level variable, or one variable of a function that made a
// handler; or the maps that are elements of such.
type Location struct {
	Var   any  // *types.Var of a field, ssa.Value of a variable
	Inner bool // an element of it
}

// locationOf returns the location to which a place belongs that an entry
// uses, and false for variables of the entry's own function.
func (e *Evidence) locationOf(place *Place, entry Entry) (Location, bool) {
	inner := false
	for ; place.Parent != nil && place.Field == nil; place = place.Parent {
		inner = true
	}
	if place.Field != nil {
		return Location{place.Field, inner}, place.Field.Pkg() == e.pass.Pkg
	}
	if global, ok := place.Root.(*ssa.Global); ok {
		return Location{global, inner}, global.Pkg != nil && global.Pkg.Pkg == e.pass.Pkg
	}
	captured := place.Root.Parent() != nil && place.Root.Parent() != entry.Fn
	return Location{place.Root, inner}, captured && entry.Kind == Handler
}

// A MapUse is an access as it happens from one entry on.
type MapUse struct {
	Effect
	Entry Entry
}

// Uses returns, for each location declared in the package, what the entries
// do to it. Objects that an entry made or was handed don't count, nor does
// what runs before everything else. Locations come in the order of their
// first use.
func (e *Evidence) Uses() ([]Location, map[Location][]MapUse) {
	var order []Location
	uses := make(map[Location][]MapUse)
	for _, entry := range e.Entries() {
		for _, effect := range e.effectsOf(entry) {
			location, ok := e.locationOf(effect.At, entry)
			if !ok || effect.Once || effect.Use == Returned {
				continue
			}
			if uses[location] == nil {
				order = append(order, location)
			}
			uses[location] = append(uses[location], MapUse{effect, entry})
		}
	}
	return order, uses
}

func (e *Evidence) effectsOf(entry Entry) []Effect {
	if entry.Kind == Goroutine {
		return entry.Spawn.Effects
	}
	var list []Effect
	for _, step := range e.builder.footprint(entry.Fn).Steps {
		for _, effect := range step.Effects {
			if !e.builder.owners.owns(entry.Fn, effect.At) {
				list = append(list, effect)
			}
		}
	}
	return list
}

// Joined reports whether the function does anything, before the instruction,
// that could order it behind another goroutine: it waits, receives or sends.
func (e *Evidence) Joined(fn *ssa.Function, before ssa.Instruction) bool {
	for _, step := range e.builder.footprint(fn).Steps {
		if len(step.Joins)+len(step.Signals) > 0 && reachableFrom(step.Instr, nil).has(before) {
			return true
		}
	}
	return false
}

// Callers returns the functions of the package that call fn by name.
func (e *Evidence) Callers(fn *ssa.Function) []*ssa.Function { return e.calls.callers[fn] }

// SameObjectType reports whether values of the two types are or point to
// objects of one named type.
func SameObjectType(a, b types.Type) bool {
	first, second := namedOf(a), namedOf(b)
	return first != nil && second != nil && first.Origin() == second.Origin()
}

// CallExpr returns the call expression of an instruction, nil if it isn't
// written as one.
func (e *Evidence) CallExpr(call ssa.CallInstruction) *ast.CallExpr {
	return e.builder.accesses.source.call(call)
}

// LockedAt returns the call that takes the first lock held at the access, if
// the function of the access takes it itself.
func (e *Evidence) LockedAt(effect Effect) ssa.CallInstruction {
	if effect.Access == nil {
		return nil
	}
	var found ssa.CallInstruction
	flow := e.builder.locks.flow(effect.Fn)
	eachInstr(effect.Fn, func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok || found != nil {
			return
		}
		lock, op := e.builder.locks.operation(&call.Call)
		if op != model.Acquire && op != model.AcquireShared {
			return
		}
		if held := flow.at(effect.Instr).Must; len(held) > 0 && held[0].Place == lock.Place {
			found = call
		}
	})
	return found
}
