package sharing

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A Lock is a lock that is held: the place of a mutex.
type Lock struct {
	Place  *Place
	Shared bool // held for reading only
}

// Class identifies the locks that are the same field of the same struct
// type, or the same variable, in whichever object.
func (l Lock) Class() any { return l.Place.Class() }

// Class returns what places of the same kind have in common: the last field
// of the path, or the root.
func (p *Place) Class() any {
	for ; p.Parent != nil; p = p.Parent {
		if p.Field != nil {
			return p.Field
		}
	}
	return p.Root
}

// Held is what is known about locks at one point of a function, relative to
// its entry. It is the domain of the lock analysis:
//
//	Must      locks that the function took and still holds on every path
//	May       locks that it took and may still hold on some path
//	Released  locks of its callers that it may have released, and perhaps taken again
//	Unseen    it may be in a critical section of a kind that isn't followed
//
// Values are immutable; slices are never changed in place.
type Held struct {
	Must, May []Lock
	Released  []*Place
	Unseen    bool
}

// Merge joins the states of two paths.
func (h Held) Merge(g Held) Held {
	return Held{
		Must:     intersect(h.Must, g.Must),
		May:      union(h.May, g.May),
		Released: unionPlaces(h.Released, g.Released),
		Unseen:   h.Unseen || g.Unseen,
	}.bounded()
}

// Equals reports whether two states say the same.
func (h Held) Equals(g Held) bool {
	return h.Unseen == g.Unseen && sameLocks(h.Must, g.Must) && sameLocks(h.May, g.May) &&
		len(h.Released) == len(g.Released)
}

// Under returns the state of a callee's point as its caller knows it, when
// the caller's own state at the call is outer.
func (h Held) Under(outer Held) Held {
	kept := func(l Lock) bool { return !slices.Contains(h.Released, l.Place) }
	return Held{
		Must:     union(h.Must, filter(outer.Must, kept)),
		May:      union(h.May, outer.May),
		Released: unionPlaces(h.Released, outer.Released),
		Unseen:   h.Unseen || outer.Unseen,
	}.bounded()
}

// lock returns the state after taking the lock on every path.
func (h Held) lock(l Lock) Held {
	h.Must = union(h.Must, []Lock{l})
	h.May = union(h.May, []Lock{l})
	return h
}

// mayLock returns the state after an attempt to take the lock.
func (h Held) mayLock(l Lock) Held {
	h.May = union(h.May, []Lock{l})
	return h
}

// unlock returns the state after releasing the lock. One that isn't held by
// that name, but of whose class one is held, is the same lock: nobody
// releases what somebody else took.
func (h Held) unlock(place *Place) Held {
	others := func(l Lock) bool { return l.Place != place }
	if indexOf(h.May, place) < 0 {
		class := place.Class()
		if !h.Maybe(class) {
			h.Released = unionPlaces(h.Released, []*Place{place})
			return h
		}
		others = func(l Lock) bool { return l.Class() != class }
	}
	h.Must = filter(h.Must, others)
	h.May = filter(h.May, others)
	return h
}

// mayUnlock returns the state after a call that releases the lock on some
// path: one that isn't held by that name may be any of its class, as where the
// lock was returned as an object that unlocks it.
func (h Held) mayUnlock(place *Place) Held {
	others := func(l Lock) bool { return l.Place != place }
	if indexOf(h.May, place) < 0 {
		h.Released = unionPlaces(h.Released, []*Place{place})
		class := place.Class()
		others = func(l Lock) bool { return l.Class() != class }
	}
	h.Must = filter(h.Must, others)
	return h
}

// translate replaces the places in the state.
func (h Held) translate(to func(*Place) *Place) Held {
	if len(h.May) == 0 && len(h.Released) == 0 {
		return h
	}
	locks := func(list []Lock) []Lock {
		moved := make([]Lock, len(list))
		for i, l := range list {
			moved[i] = Lock{to(l.Place), l.Shared}
		}
		return moved
	}
	h.Must, h.May = locks(h.Must), locks(h.May)
	released := make([]*Place, len(h.Released))
	for i, place := range h.Released {
		released[i] = to(place)
	}
	h.Released = released
	return h
}

// Find returns the lock of the class that is held on every path.
func (h Held) Find(class any) (Lock, bool) {
	i := slices.IndexFunc(h.Must, func(l Lock) bool { return l.Class() == class })
	if i < 0 {
		return Lock{}, false
	}
	return h.Must[i], true
}

// Maybe reports whether a lock of the class may be held.
func (h Held) Maybe(class any) bool {
	return slices.ContainsFunc(h.May, func(l Lock) bool { return l.Class() == class })
}

// maxLocks bounds the locks that are followed at one point.
const maxLocks = 6

// bounded returns the state with no more locks than can be followed: with
// more, which are held is not to be told.
func (h Held) bounded() Held {
	if len(h.May) > maxLocks {
		h.May, h.Unseen = h.May[:maxLocks], true
	}
	if len(h.Must) > maxLocks {
		h.Must = h.Must[:maxLocks]
	}
	if len(h.Released) > maxLocks {
		h.Released, h.Unseen = h.Released[:maxLocks], true
	}
	return h
}

// Excludes reports whether a lock of one class may be held on both sides,
// and not on both only for reading.
func (h Held) Excludes(g Held) bool {
	return slices.ContainsFunc(h.May, func(a Lock) bool {
		return slices.ContainsFunc(g.May, func(b Lock) bool { return a.Class() == b.Class() && !(a.Shared && b.Shared) })
	})
}

// OfElement reports whether a lock is that of one of many elements, and what
// lies at the place isn't: who holds it is alone with this element, and others
// with theirs.
//
//	for _, p := range m.providers {
//		p.mu.Lock()
//		delete(m.targets, p.name)
func (l Lock) OfElement(at *Place) bool {
	for p := l.Place; p.Parent != nil; p = p.Parent {
		if _, isConst := p.Index.(string); p.Field == nil && !isConst {
			return !at.Within(p)
		}
	}
	return false
}

// None reports that certainly nothing is held.
func (h Held) None() bool { return len(h.May) == 0 && !h.Unseen }

func filter(list []Lock, keep func(Lock) bool) []Lock {
	if len(list) == 0 {
		return nil
	}
	var kept []Lock
	for _, l := range list {
		if keep(l) {
			kept = append(kept, l)
		}
	}
	return kept
}

// union holds a lock that one side shares and the other owns as owned: it is
// there to be taken as held.
func union(a, b []Lock) []Lock {
	if len(b) == 0 {
		return a
	}
	joined := slices.Clone(a)
	for _, l := range b {
		if i := indexOf(joined, l.Place); i < 0 {
			joined = append(joined, l)
		} else if !l.Shared {
			joined[i].Shared = false
		}
	}
	return joined
}

func intersect(a, b []Lock) []Lock {
	var common []Lock
	for _, l := range a {
		if i := indexOf(b, l.Place); i >= 0 {
			l.Shared = l.Shared || b[i].Shared
			common = append(common, l)
		}
	}
	return common
}

func indexOf(list []Lock, place *Place) int {
	return slices.IndexFunc(list, func(l Lock) bool { return l.Place == place })
}

func sameLocks(a, b []Lock) bool {
	if len(a) != len(b) {
		return false
	}
	for _, l := range a {
		if !slices.Contains(b, l) {
			return false
		}
	}
	return true
}

func unionPlaces(a, b []*Place) []*Place {
	joined := a
	for _, place := range b {
		if !slices.Contains(joined, place) {
			joined = append(slices.Clip(joined), place)
		}
	}
	return joined
}

// A lockPoint is a state of the lock analysis that some path has reached.
type lockPoint struct {
	Held
	reached bool
}

func (p lockPoint) merge(h Held) lockPoint {
	if !p.reached {
		return lockPoint{h, true}
	}
	return lockPoint{p.Held.Merge(h), true}
}

// lockFlow is the lock analysis of one function: its state before each
// instruction of interest.
type lockFlow struct {
	before  map[ssa.Instruction]Held
	exit    *Held // when deferred calls begin to run, nil if never
	summary lockSummary
}

// before returns the state before an instruction; in a function without
// locks that is the empty state.
func (f *lockFlow) at(instr ssa.Instruction) Held { return f.before[instr] }
