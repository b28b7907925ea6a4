package sharing

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// A map that a function loads from a field is the field's map as long as the
// field isn't assigned. Two idioms rely on that:
//
//	mu.Lock()                     mu.Lock()
//	old := s.m                    snapshot := s.m
//	s.m = make(map[K]V)           mu.Unlock()
//	mu.Unlock()                   … snapshot[k] …   // others replace s.m as a whole
//	for k := range old { … }
//
// So the locks held at the load count beside those at the access, and what
// was taken away behind a load belongs to nobody else any more.

// loadOf returns the instruction that loaded a map from a field or
// package-level variable, through the variables it was kept in, or nil.
func (b *builder) loadOf(v ssa.Value) *ssa.UnOp {
	for range 10 {
		if changed, ok := v.(*ssa.ChangeType); ok {
			v = changed.X
			continue
		}
		load, ok := v.(*ssa.UnOp)
		if !ok || load.Op != token.MUL {
			return nil
		}
		cell := load.X
		if free, ok := cell.(*ssa.FreeVar); ok {
			cell = b.places.cell(free)
		}
		alloc, ok := cell.(*ssa.Alloc)
		if !ok {
			return load
		}
		if v = b.places.onlyStore(alloc); v == nil {
			return load
		}
	}
	return nil
}

// cell returns the variable that a free variable is, as the function has it
// that declares it.
func (p *places) cell(free *ssa.FreeVar) ssa.Value {
	bound := p.binding(free)
	if outer, ok := bound.(*ssa.FreeVar); ok {
		return p.cell(outer)
	}
	return bound
}

// loadState returns the locks held where the map of an access was loaded,
// and whether it was taken away from its field then. A map that was passed as
// an argument was loaded by the caller.
func (b *builder) loadState(f *frame, v ssa.Value) (held Held, detached, known bool) {
	if param, ok := v.(*ssa.Parameter); ok && f.parent != nil && param.Parent() == f.fn {
		for i, formal := range f.fn.Params {
			if formal == param && i < len(f.args) {
				return b.loadState(f.parent, f.args[i])
			}
		}
	}
	if lookup := b.takenOut(v); lookup != nil {
		return b.locks.flow(lookup.Parent()).at(lookup), true, true
	}
	load := b.loadOf(v)
	if load == nil {
		return Held{}, false, false
	}
	held = b.locks.flow(load.Parent()).at(load)
	if load.Parent() == f.fn {
		held = held.translate(func(p *Place) *Place { return b.up(f, p) }).Under(f.held)
	}
	return held, b.detaches(load), true
}

// takenOut returns the lookup by which a map was taken out of another map, in
// which its key is deleted behind that, or nil:
//
//	keys := s.buckets[n]
//	delete(s.buckets, n)
func (b *builder) takenOut(v ssa.Value) *ssa.Lookup {
	known, ok := b.taken[v]
	if !ok {
		known = b.findTakenOut(v)
		b.taken[v] = known
	}
	return known
}

func (b *builder) findTakenOut(v ssa.Value) *ssa.Lookup {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		if alloc, ok := load.X.(*ssa.Alloc); ok {
			v = b.places.onlyStore(alloc)
		}
	}
	if extract, ok := v.(*ssa.Extract); ok {
		v = extract.Tuple
	}
	lookup, ok := v.(*ssa.Lookup)
	if !ok {
		return nil
	}
	deleted := false
	eachInstr(lookup.Parent(), func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok || deleted {
			return
		}
		deleted = program.Builtin(&call.Call) == "delete" &&
			b.places.of(call.Call.Args[0]) == b.places.of(lookup.X) && reachableFrom(lookup, nil).has(call)
	})
	if !deleted {
		return nil
	}
	return lookup
}

// detaches reports whether the function assigns the field or variable again
// after it has loaded the map from it.
func (b *builder) detaches(load *ssa.UnOp) bool {
	if known, ok := b.detached[load]; ok {
		return known
	}
	place := b.places.of(load.X)
	found := false
	eachInstr(load.Parent(), func(instr ssa.Instruction) {
		store, ok := instr.(*ssa.Store)
		if ok && !found && b.isAnother(store.Val, place) && b.places.target(store.Addr) == place {
			found = reachableFrom(load, nil).has(store)
		}
	})
	b.detached[load] = found
	return found
}

// isAnother reports whether a value is a map or slice that isn't made of the
// one at a place.
func (b *builder) isAnother(v ssa.Value, place *Place) bool {
	for range 10 {
		switch part := v.(type) {
		case *ssa.Slice:
			v = part.X
			continue
		case *ssa.Call:
			if program.Builtin(&part.Call) == "append" {
				v = part.Call.Args[0]
				continue
			}
		}
		break
	}
	return IsMap(v.Type()) || isSlice(v.Type()) && b.places.of(v) != place
}
