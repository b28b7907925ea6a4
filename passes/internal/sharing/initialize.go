package sharing

import (
	"golang.org/x/tools/go/ssa"
)

// initializedFields is how many fields of an object a function assigns at
// least that sets the object up.
const initializedFields = 3

// Initializes reports whether the use is part of setting an object up: its
// function gives the map's field a new map, and fills it, assigns other
// fields too, or starts a goroutine when it is done. Methods named Init,
// Start, Open or Load do that before the object is shared, with no lock; one
// that only replaces the map, as Clear and Reset do, is not meant.
func (e *Evidence) Initializes(use MapUse) bool {
	fn := use.Fn
	var made ssa.Instruction
	fields := make(map[*Place]bool) // of the object, and of structs inside it
	filled, spawns := false, false
	eachInstr(fn, func(instr ssa.Instruction) {
		switch instr := instr.(type) {
		case *ssa.Store:
			target := e.builder.places.target(instr.Addr)
			if target == use.Place && isNewMap(instr.Val) && reachesUse(instr, use.Instr) {
				made = instr
			}
			if target.Field != nil && target.Base() == use.Place.Base() {
				fields[target] = true
			}
		case *ssa.MapUpdate:
			filled = filled || e.builder.places.of(instr.Map) == use.Place
		case *ssa.Go:
			spawns = true
		}
	})
	return made != nil && (filled || spawns || len(fields) >= initializedFields)
}

// retired reports whether a package-level variable is nil for good once the
// package is initialised: nobody but init functions assigns it, and one of
// them sets it to nil. What later runs finds no map there.
func (e *Evidence) retired(global *ssa.Global) bool {
	if e.stores == nil {
		e.stores = make(map[*ssa.Global][]*ssa.Store)
		for _, fn := range e.funcs {
			eachInstr(fn, func(instr ssa.Instruction) {
				if store, ok := instr.(*ssa.Store); ok {
					if to, ok := store.Addr.(*ssa.Global); ok {
						e.stores[to] = append(e.stores[to], store)
					}
				}
			})
		}
	}
	cleared := false
	for _, store := range e.stores[global] {
		if fn := store.Parent(); fn.Parent() != nil || !isInit(fn) {
			return false
		}
		value, ok := store.Val.(*ssa.Const)
		cleared = cleared || ok && value.Value == nil
	}
	return cleared
}

func isNewMap(v ssa.Value) bool {
	_, ok := v.(*ssa.MakeMap)
	return ok
}

// reachesUse reports whether the use comes with or after the assignment, and
// on every path: a lazily made map is assigned on some only.
func reachesUse(store *ssa.Store, use ssa.Instruction) bool {
	return ssa.Instruction(store) == use || store.Block() == use.Block() || store.Block().Dominates(use.Block())
}
