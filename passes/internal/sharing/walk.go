package sharing

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// maxDepth bounds the calls from a function down to an access.
const maxDepth = 8

// An Effect is an access as a function sees it that makes it, or calls one
// that does.
type Effect struct {
	*Access
	At       *Place                // the map, in the places of the function
	Held     Held                  // at the access
	LoadHeld Held                  // when the map was loaded from its variable
	Calls    []ssa.CallInstruction // from the function to the access, outermost first
	Once     bool                  // runs at most once, before anybody gets by: sync.Once
	Detached bool                  // the map was taken away from the place before
}

// Within returns the instruction of the given function, on the way to the
// access, from which the effect comes.
func (e *Effect) Within(fn *ssa.Function) ssa.Instruction {
	for _, call := range e.Calls {
		if call.Parent() == fn {
			return call
		}
	}
	return e.Instr
}

// A frame is a function on the way from where a walk starts. What it does is
// told in the places and locks of the start.
type frame struct {
	stepDown
	parent *frame
	entry  *Entry // from which the walk starts, nil above it
	depth  int
	held   Held // by those above, at the call
	once   bool

	lifted map[*Place]*Place // of its function, as the start sees them
}

// A walker goes from a function through all that it calls, breadth first, so
// that the shortest way to an access is found.
type walker struct {
	b     *builder
	known map[string]bool // frames that have been visited, by key
	key   func(*frame) string
	limit int // of frames
	queue []*frame
	visit func(*frame, Effect)

	arrive  func(*frame) // told of each way to a function, may be nil
	awaited bool         // goroutines whose starter waits for them are gone through like calls
}

// Through reports whether the function is called on the way to the access.
func (e *Effect) Through(fn *ssa.Function) bool {
	return slices.ContainsFunc(e.Calls, func(call ssa.CallInstruction) bool {
		return call.Common().StaticCallee() == fn
	})
}

func (w *walker) start(f *frame) {
	if w.enter(f) {
		w.queue = append(w.queue, f)
	}
}

// enter reports whether the frame is new and within the limits.
func (w *walker) enter(f *frame) bool {
	if f.depth > maxDepth || len(w.known) >= w.limit {
		return false
	}
	if w.arrive != nil {
		w.arrive(f)
	}
	key := w.key(f)
	if w.known[key] {
		return false
	}
	w.known[key] = true
	return true
}

func (w *walker) run() {
	for len(w.queue) > 0 {
		f := w.queue[0]
		w.queue = w.queue[1:]
		w.look(f)
	}
}

// look visits the accesses of one frame and goes on into what it calls.
func (w *walker) look(f *frame) {
	flow := w.b.locks.flow(f.fn)
	live := w.b.live(f)
	for _, item := range w.b.items(f.fn) {
		if live != nil && !live[item.instr().Block().Index] || item.awaited && !w.awaited {
			continue
		}
		if item.access != nil {
			if effect, ok := w.b.unboxed(f, w.b.effect(f, item.access, flow)); ok {
				w.visit(f, effect)
			}
			continue
		}
		held := flow.at(item.call)
		if _, deferred := item.call.(*ssa.Defer); deferred {
			held = atExit(held, flow)
		}
		for _, inv := range item.invocations {
			w.start(w.b.below(f, item.call, inv, held))
		}
	}
}

// below returns the frame of a function that is invoked from another.
func (b *builder) below(f *frame, call ssa.CallInstruction, inv invocation, held Held) *frame {
	whole := inv.run.Held.Under(held).translate(func(p *Place) *Place { return b.places.lockIn(b.up(f, p)) })
	return &frame{
		stepDown: stepDown{call, inv.fn, inv.args},
		parent:   f,
		entry:    f.entry,
		depth:    f.depth + 1,
		held:     whole.Under(f.held),
		once:     f.once || inv.run.Once,
	}
}

// up returns a place of the frame's function as the start of the walk sees
// it.
func (b *builder) up(f *frame, place *Place) *Place {
	if f.parent == nil {
		return place
	}
	if known, ok := f.lifted[place]; ok {
		return known
	}
	if f.lifted == nil {
		f.lifted = make(map[*Place]*Place)
	}
	lifted := b.up(f.parent, b.places.substitute(place, f.fn, f.args))
	f.lifted[place] = lifted
	return lifted
}

func (b *builder) effect(f *frame, access *Access, flow *lockFlow) Effect {
	up := func(p *Place) *Place { return b.up(f, p) }
	held := flow.at(access.Instr).translate(up).Under(f.held)
	at := up(access.Place)
	if assigned := access.Place; access.Use == Replaced && assigned.Field != nil {
		at = b.places.field(up(assigned.Parent), assigned.Field) // the field, whatever it holds
	}
	effect := Effect{Access: access, At: at, Held: held, LoadHeld: held, Once: f.once}
	if loaded, detached, known := b.loadState(f, access.value); known && access.Use != Replaced {
		effect.LoadHeld, effect.Detached = loaded, detached
	}
	for ; f.call != nil; f = f.parent {
		effect.Calls = append(effect.Calls, f.call)
	}
	slices.Reverse(effect.Calls)
	return effect
}

// owned reports whether a function on the way, from the entry down, made the
// object or was handed it, so that the access concerns nobody else.
func (b *builder) owned(f *frame, place *Place) bool {
	for ; f != nil && f.entry != nil; f = f.parent {
		if b.owners.owns(f.fn, place) {
			return true
		}
	}
	return false
}

// An item is what a walk looks at in a function: an access or a call.
type item struct {
	access      *Access
	call        ssa.CallInstruction
	invocations []invocation // of known functions, on the same goroutine or, if awaited says so, on another
	awaited     bool
}

func (i *item) instr() ssa.Instruction {
	if i.access != nil {
		return i.access.Instr
	}
	return i.call
}

// items lists the accesses and the calls that lead anywhere, in order.
func (b *builder) items(fn *ssa.Function) []item {
	if known, ok := b.itemsOf[fn]; ok {
		return known
	}
	b.itemsOf[fn] = nil // for functions that start themselves
	var list []item
	for _, access := range b.accesses.of(fn) {
		list = append(list, item{access: access})
	}
	eachInstr(fn, func(instr ssa.Instruction) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			return
		}
		all := b.invocations(call)
		known := slices.DeleteFunc(slices.Clone(all), func(inv invocation) bool { return inv.fn == nil || inv.run.Async })
		if len(known) > 0 {
			list = append(list, item{call: call, invocations: known})
		}
		spawned := slices.DeleteFunc(all, func(inv invocation) bool { return inv.fn == nil || !inv.run.Async })
		if len(spawned) > 0 && b.awaitedAt(call) {
			list = append(list, item{call: call, invocations: spawned, awaited: true})
		}
	})
	b.itemsOf[fn] = list
	return list
}

// atExit returns the locks that a deferred call finds: those that were held
// when it was deferred and still are at the end, before deferred unlocks.
func atExit(held Held, flow *lockFlow) Held {
	if flow.exit == nil {
		return held
	}
	merged := held.Merge(*flow.exit)
	merged.Released = nil
	return merged
}
