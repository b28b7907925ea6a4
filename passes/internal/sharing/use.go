package sharing

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
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
		return Location{global, inner}, global.Pkg != nil && global.Pkg.Pkg == e.pass.Pkg && !e.retired(global)
	}
	captured := place.Root.Parent() != nil && place.Root.Parent() != entry.Fn
	return Location{place.Root, inner}, captured && entry.Kind == Handler
}

// A MapUse is an access as it happens from one entry on.
type MapUse struct {
	Effect
	Entry Entry
	Known *Publication // how others came to know an object that the entry itself made; see [Evidence.KnownUses]
}

// maxUseFrames bounds the functions that are looked through for the entries
// of one kind.
const maxUseFrames = 30000

// Uses returns, for each location declared in the package, what the entries
// do to it, tests left out. Objects that an entry made or was handed don't
// count, nor does what sync.Once runs. Locations come in the order of their
// first use.
//
// Entries of one kind share what is below them: a function is looked through
// once for each set of locks under which it is called, on the shortest way.
func (e *Evidence) Uses() ([]Location, map[Location][]MapUse) {
	return e.uses(func(*frame, *Place, ssa.Instruction) *Publication { return nil })
}

// KnownUses is Uses with what entries do to objects that they made when
// others know them already.
func (e *Evidence) KnownUses() ([]Location, map[Location][]MapUse) { return e.uses(e.knownAt) }

// knownAt returns the publication of an object that a function on the way to
// an instruction made, if it comes before that, or that the function made
// which started the goroutine.
func (e *Evidence) knownAt(f *frame, at *Place, instr ssa.Instruction) *Publication {
	entry := f.entry
	for ; f != nil && f.entry != nil; instr, f = f.call, f.parent {
		if !e.builder.owners.owns(f.fn, at) {
			continue
		}
		if p := e.published(at.Base(), instr); p != nil && !e.takenBack(p, instr) {
			return p
		}
		return nil
	}
	if entry.Spawn != nil && e.builder.owners.owns(entry.Fn, at) {
		return e.published(at.Base(), nil)
	}
	return nil
}

func (e *Evidence) uses(knownAt func(*frame, *Place, ssa.Instruction) *Publication) ([]Location, map[Location][]MapUse) {
	var order []Location
	uses := make(map[Location][]MapUse)
	add := func(f *frame, effect Effect) {
		location, ok := e.locationOf(effect.At, *f.entry)
		if !ok || effect.Once || effect.Detached || effect.Use == Returned || e.setsUp(f.entry, effect.At) {
			return
		}
		use := MapUse{Effect: effect, Entry: *f.entry, Known: knownAt(f, effect.At, effect.Instr)}
		if use.Known == nil && e.builder.owned(f, effect.At) {
			return
		}
		if uses[location] == nil {
			order = append(order, location)
		}
		uses[location] = append(uses[location], use)
	}
	entries := e.Entries()
	key := e.useKey(make(map[any]int), knownAt)
	for _, kind := range []Kind{Goroutine, Handler, Exported, Sequential, Unknown} {
		w := &walker{
			b: e.builder, known: make(map[string]bool), limit: maxUseFrames, visit: add,
			key: key, arrive: e.noteAbove, awaited: true,
		}
		for i := range entries {
			if entries[i].Kind == kind && !entries[i].Test {
				w.start(e.builder.top(&entries[i]))
			}
		}
		w.run()
	}
	return order, uses
}

// setsUp reports whether the entry is a goroutine whose starter made the
// object and waits for the goroutine before it returns: nobody else knows the
// object yet.
func (e *Evidence) setsUp(entry *Entry, at *Place) bool {
	return entry.Spawn != nil && e.builder.owners.owns(entry.Fn, at) && !unjoined(e.builder.footprint(entry.Fn), entry.Spawn)
}

// noteAbove remembers which locks the callers of a function may hold. One
// whose callers aren't known, or that says that they see to it, may run under
// any.
func (e *Evidence) noteAbove(f *frame) {
	above := e.above[f.fn]
	above.May = union(above.May, f.held.May)
	above.Unseen = above.Unseen || f.held.Unseen || f.entry.Kind == Unknown || e.wantsLock(f.fn)
	e.above[f.fn] = above.bounded()
}

// top returns the frame at which an entry is walked.
func (b *builder) top(entry *Entry) *frame {
	f := &frame{stepDown: stepDown{fn: entry.Fn}}
	if entry.Spawn != nil {
		f = b.enter(entry.Fn, entry.Spawn)
	}
	f.entry = entry
	return f
}

// useKey tells frames apart by the classes of the locks held above, and by
// which arguments are objects that nobody else knows.
func (e *Evidence) useKey(numbers map[any]int, knownAt func(*frame, *Place, ssa.Instruction) *Publication) func(*frame) string {
	return func(f *frame) string { return e.frameKey(f, numbers, knownAt) }
}

func (e *Evidence) frameKey(f *frame, numbers map[any]int, knownAt func(*frame, *Place, ssa.Instruction) *Publication) string {
	key := fmt.Appendf(nil, "%p %t %t", f.fn, f.once, f.held.Unseen)
	for _, list := range [][]Lock{f.held.Must, f.held.May} {
		var classes []string
		for _, lock := range list {
			number, ok := numbers[lock.Class()]
			if !ok {
				number = len(numbers)
				numbers[lock.Class()] = number
			}
			classes = append(classes, fmt.Sprint(number, lock.Shared))
		}
		slices.Sort(classes)
		key = fmt.Append(key, slices.Compact(classes))
	}
	for _, arg := range f.args {
		key = append(key, e.ownership(f, arg, knownAt))
	}
	return string(key) + e.builder.branchKey(f)
}

// ownership tells the arguments of a call apart: objects that nobody else
// knows, such that others know by now, and what is shared.
func (e *Evidence) ownership(f *frame, arg ssa.Value, knownAt func(*frame, *Place, ssa.Instruction) *Publication) byte {
	if f.parent == nil {
		return 's'
	}
	switch at := e.builder.up(f.parent, e.builder.places.of(arg)); {
	case !e.builder.owned(f.parent, at):
		return 's'
	case knownAt(f.parent, at, f.call) != nil:
		return 'k'
	}
	return 'o'
}

// Joined reports whether the function does anything, before the instruction,
// that could order it behind another goroutine: it waits, receives or sends.
// What a select receives orders what comes behind that case.
func (e *Evidence) Joined(fn *ssa.Function, before ssa.Instruction) bool {
	return e.JoinedSince(fn, nil, before)
}

// JoinedOnWay is Joined for the functions on the way to an effect, each before
// what it does for it.
func (e *Evidence) JoinedOnWay(effect Effect) bool {
	return e.Joined(effect.Fn, effect.Instr) ||
		slices.ContainsFunc(effect.Calls, func(call ssa.CallInstruction) bool { return e.Joined(call.Parent(), call) })
}

// JoinedSince is Joined for what the function does after the last of some
// instructions.
func (e *Evidence) JoinedSince(fn *ssa.Function, since []ssa.Instruction, before ssa.Instruction) bool {
	stop := &barrier{instr: func(instr ssa.Instruction) bool { return slices.Contains(since, instr) }}
	for _, step := range e.builder.footprint(fn).Steps {
		if step.Deferred {
			continue // comes last
		}
		if len(step.Signals) > 0 && reachableFrom(step.Instr, stop).has(before) {
			return true
		}
		if slices.ContainsFunc(step.Joins, func(join Join) bool { return comesBehind(before, step.Instr, join, stop) }) {
			return true
		}
	}
	return false
}

// Communicates reports whether a function, or what it calls, waits for others
// or tells them anything.
func (e *Evidence) Communicates(fn *ssa.Function) bool {
	return slices.ContainsFunc(e.builder.footprint(fn).Steps, func(step Step) bool { return len(step.Joins)+len(step.Signals) > 0 })
}

// comesBehind reports whether an instruction may run after another has joined.
func comesBehind(instr, joining ssa.Instruction, join Join, stop *barrier) bool {
	if !reachableFrom(joining, stop).has(instr) {
		return false
	}
	for _, block := range joining.Parent().Blocks {
		if sel, state, ok := chosenCase(block); ok && sel == join.Select && state == join.State {
			return program.BlockLeads(block.Succs[0], instr.Block())
		}
	}
	return true // not of a select, or of the only case
}

// Callers returns the functions of the package that call fn by name.
func (e *Evidence) Callers(fn *ssa.Function) []*ssa.Function { return e.calls.callers[fn] }

// Takes reports whether the function itself takes a lock of the class.
func (e *Evidence) Takes(fn *ssa.Function, class any) bool {
	return slices.ContainsFunc(e.LocksIn(fn), func(lock Lock) bool { return lock.Class() == class })
}

// TakenShared reports whether some function takes a lock of the class for
// reading.
func (e *Evidence) TakenShared(class any) bool {
	return slices.ContainsFunc(e.funcs, func(fn *ssa.Function) bool {
		return slices.ContainsFunc(e.LocksIn(fn), func(lock Lock) bool { return lock.Shared && lock.Class() == class })
	})
}

// LocksIn lists the locks that the function itself takes.
func (e *Evidence) LocksIn(fn *ssa.Function) []Lock {
	var list []Lock
	eachInstr(fn, func(instr ssa.Instruction) {
		if call, ok := instr.(*ssa.Call); ok {
			if lock, op := e.builder.locks.operation(&call.Call); op == model.Acquire || op == model.AcquireShared {
				list = append(list, lock)
			}
		}
	})
	return list
}

// SameObjectType reports whether values of the two types are or point to
// objects of one named type.
func SameObjectType(a, b types.Type) bool {
	first, second := model.ReceiverNamed(a), model.ReceiverNamed(b)
	return first != nil && second != nil && first.Origin() == second.Origin()
}

// CallExpr returns the call expression of an instruction, nil if it isn't
// written as one.
func (e *Evidence) CallExpr(call ssa.CallInstruction) *ast.CallExpr {
	return e.builder.accesses.source.call(call)
}

// SpawnRange returns the extent of what starts a goroutine: the word go, or
// the function that is called.
func (e *Evidence) SpawnRange(spawn *Spawn) (from, to token.Pos) {
	if stmt, ok := spawn.Site.(*ssa.Go); ok {
		return stmt.Pos(), stmt.Pos() + token.Pos(len("go"))
	}
	if call, ok := spawn.Site.(ssa.CallInstruction); ok {
		if expr := e.CallExpr(call); expr != nil {
			return expr.Fun.Pos(), expr.Fun.End()
		}
	}
	return spawn.Site.Pos(), spawn.Site.Pos()
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
