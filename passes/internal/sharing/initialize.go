package sharing

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

// initializedFields is how many fields of an object a function assigns at
// least that sets the object up.
const initializedFields = 3

// Initializes reports whether the use is part of setting an object up, before
// it is shared and with no lock. Methods named Init, Start, Open or Load do
// that:
//
//   - the function gives the map's field a new map, and fills it, assigns
//     other fields too, or starts a goroutine when it is done; one that only
//     replaces the map, as Clear and Reset do, is not meant;
//   - it does nothing else, and is called by one that assigns the object's
//     other fields;
//   - it assigns several fields, and then starts the object's goroutines;
//   - it says so by its name, and nobody else makes the map, which whoever writes
//     to it needs to have been made.
//
// A function Init of a package that only other packages call is called once, too.
func (e *Evidence) Initializes(use MapUse) bool {
	if e.initializesPackage(use) {
		return true
	}
	setup := e.setupIn(use.Fn, use.Place.Base())
	made := slices.ContainsFunc(setup.stores, func(store *ssa.Store) bool {
		return e.builder.places.target(store.Addr) == use.Place && isNewMap(store.Val) && reachesUse(store, use.Instr)
	})
	switch {
	case made && (setup.spawns || e.fills(use)):
		return true
	case made && len(setup.fields) >= initializedFields, made && IsInitializer(use.Fn) && e.isOnlyMaker(use):
		return true
	case made && len(use.Calls) > 0:
		call := use.Calls[len(use.Calls)-1]
		args := call.Common().Args
		return len(args) > 0 && len(e.setupIn(call.Parent(), e.builder.places.of(args[0]).Base()).fields) >= initializedFields
	}
	return len(setup.fields) >= initializedFields && e.startsAfter(use.Instr)
}

// initializesPackage reports whether a use of a package-level variable is made by a
// function Init that the package itself never calls.
func (e *Evidence) initializesPackage(use MapUse) bool {
	fn := use.Entry.Fn
	_, global := use.At.Base().(*ssa.Global)
	return global && fn.Signature.Recv() == nil && fn.Parent() == nil && use.Entry.Kind == Exported && IsInitializer(fn) && len(e.Callers(fn)) == 0
}

// IsInitializer reports whether a function says by its name that it comes first.
func IsInitializer(fn *ssa.Function) bool {
	rest, ok := strings.CutPrefix(strings.ToLower(fn.Name()), "init")
	return ok && (rest == "" || strings.HasPrefix(rest, "ialize") || fn.Name()[len("init")] != rest[0])
}

// isOnlyMaker reports whether no other function sets the field of the use.
func (e *Evidence) isOnlyMaker(use MapUse) bool {
	field := use.Place.Field
	if field == nil {
		return false
	}
	others := false
	for _, fn := range e.funcs {
		eachInstr(fn, func(instr ssa.Instruction) {
			store, ok := instr.(*ssa.Store)
			others = others || ok && fn != use.Fn && e.builder.places.target(store.Addr).Field == field
		})
	}
	return !others
}

// Overwrites reports whether the function of the use assigns the whole object
// anew, `*s = shard{…}`, which nobody does to one that others know.
func Overwrites(use MapUse) bool {
	object, ok := use.Place.Base().(*ssa.Parameter)
	found := false
	eachInstr(use.Fn, func(instr ssa.Instruction) {
		store, isStore := instr.(*ssa.Store)
		found = found || ok && isStore && store.Addr == ssa.Value(object)
	})
	return found
}

// A setup is what a function assigns of one object.
type setup struct {
	stores []*ssa.Store
	fields map[*Place]bool // of the object, and of structs inside it
	spawns bool
}

func (e *Evidence) setupIn(fn *ssa.Function, base ssa.Value) setup {
	found := setup{fields: make(map[*Place]bool)}
	eachInstr(fn, func(instr ssa.Instruction) {
		switch instr := instr.(type) {
		case *ssa.Store:
			if target := e.builder.places.target(instr.Addr); target.Base() == base {
				found.stores = append(found.stores, instr)
				if target.Field != nil {
					found.fields[target] = true
				}
			}
		case *ssa.Go:
			found.spawns = true
		}
	})
	return found
}

// fills reports whether the function assigns elements of the map, too.
func (e *Evidence) fills(use MapUse) bool {
	found := false
	eachInstr(use.Fn, func(instr ssa.Instruction) {
		update, ok := instr.(*ssa.MapUpdate)
		found = found || ok && e.builder.places.of(update.Map) == use.Place
	})
	return found
}

// BeforeStart reports whether a function on the way to the use starts a
// goroutine behind it that makes one of the others.
func (e *Evidence) BeforeStart(use MapUse, others []MapUse) bool {
	at := use.Instr
	for i := len(use.Calls); ; i-- {
		for _, site := range e.SpawnedAfter(at) {
			if slices.ContainsFunc(others, func(u MapUse) bool { return u.Entry.Spawn != nil && u.Entry.Spawn.Site == site }) {
				return true
			}
		}
		if i == 0 {
			return false
		}
		at = use.Calls[i-1]
	}
}

// startsAfter reports whether the function of the instruction starts
// goroutines behind it and none before.
func (e *Evidence) startsAfter(at ssa.Instruction) bool {
	after := false
	for _, step := range e.builder.footprint(at.Parent()).Steps {
		if len(step.Spawns) == 0 {
			continue
		}
		if reachableFrom(step.Instr, nil).has(at) {
			return false
		}
		after = after || reachableFrom(at, nil).has(step.Instr)
	}
	return after
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
