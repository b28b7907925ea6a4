package sharing

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/effect"
)

// A Hook is a call of a function that lies in a field, made with locks held by
// the function that makes it or by those above it.
type Hook struct {
	Field *Place
	Held  []Lock
}

// maxHooks bounds the hooks of one function.
const maxHooks = 8

// HooksOf lists the hooks that a call of another package's function calls, in
// the places of the function that makes the call. Goroutines hold nothing of
// their starter's.
func (e *Evidence) HooksOf(call ssa.CallInstruction) []Hook {
	if _, isGo := call.(*ssa.Go); isGo {
		return nil
	}
	known := e.builder.locks.imports.of(call.Common())
	if known == nil {
		return nil
	}
	var list []Hook
	for _, hook := range known.Hooks {
		if field, ok := e.builder.places.actual(hook.Field, call.Common()); ok {
			list = append(list, Hook{field, e.builder.places.actualLocks(hook.Held, call.Common())})
		}
	}
	return list
}

// hooks lists the hooks that a function calls, itself or by what it calls. A
// function that is being looked at (recursion) calls none.
func (e *Evidence) hooks(fn *ssa.Function) []Hook {
	if known, ok := e.hooked[fn]; ok {
		return known
	}
	e.hooked[fn] = nil
	var list []Hook
	eachInstr(fn, func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok || call.Call.IsInvoke() {
			return
		}
		for _, hook := range e.hooksAt(call) {
			if len(list) < maxHooks {
				list = append(list, Hook{hook.Field, union(hook.Held, e.HeldAt(call).Must)})
			}
		}
	})
	e.hooked[fn] = list
	return list
}

// hooksAt lists the hooks of one call, with what is held below it.
func (e *Evidence) hooksAt(call *ssa.Call) []Hook {
	callee := origin(call.Call.StaticCallee())
	switch {
	case callee == nil:
		if at := e.PlaceOf(call.Call.Value); at.Field != nil {
			return []Hook{{Field: at}}
		}
		return nil
	case !hasBody(callee):
		return e.HooksOf(call)
	}
	var list []Hook
	for _, hook := range e.hooks(callee) {
		held := make([]Lock, len(hook.Held))
		for i, lock := range hook.Held {
			held[i] = Lock{e.AtCall(&call.Call, lock.Place), lock.Shared}
		}
		list = append(list, Hook{e.AtCall(&call.Call, hook.Field), held})
	}
	return list
}

// formalHooks says which hooks a function calls with locks held that its
// callers in other packages know.
func (e *Evidence) formalHooks(fn *ssa.Function) []effect.Hook {
	var list []effect.Hook
	for _, hook := range e.hooks(fn) {
		field, ok := formal(hook.Field, fn)
		held := formalLocks(hook.Held, fn)
		if ok && len(held) > 0 {
			slices.SortFunc(held, effect.Lock.Compare)
			list = append(list, effect.Hook{Field: field, Held: held})
		}
	}
	return list
}
