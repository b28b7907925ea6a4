package mapguard

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// lockDiscipline reports accesses that don't hold the lock that most accesses
// of the same location hold. That lock is evidence enough that the location
// is shared, whoever starts the goroutines.
//
// The analysis is may on the side of the blamed access (it certainly doesn't
// hold the lock) and must on the side of the others.
func (j *judge) lockDiscipline(uses []sharing.MapUse) {
	d := j.findDiscipline(uses)
	if d == nil {
		return
	}
	var offenders []sharing.MapUse
	for _, use := range uses {
		if j.breaks(d, use, uses) {
			offenders = append(offenders, use)
		}
	}
	if !j.outweighs(d, offenders, uses) {
		return
	}
	blamed := make(map[*ssa.Function]bool)
	for _, use := range offenders {
		if blamed[use.Fn] && d.straying(use.Effect) == nil {
			continue // one lock is missing in the function, whatever it does to the map
		}
		blamed[use.Fn] = true
		j.add(verdict{
			rule: mixedLocking, blamed: use.Effect, other: d.meets(use),
			lock: d.lockFor(use), call: d.straying(use.Effect), lent: j.lentBy(use.Effect),
		})
	}
}

// straying returns the call that leaves the habit, if the access itself is
// made with the lock held on other ways to it: the last call that is not
// common to this way and one that holds the lock.
func (d *discipline) straying(e sharing.Effect) ssa.CallInstruction {
	if !d.kept[e.Access] {
		return nil
	}
	common := 0
	for _, other := range d.uses {
		if other.Access == e.Access {
			common = max(common, commonTail(e.Calls, other.Calls))
		}
	}
	if common >= len(e.Calls) {
		return nil
	}
	return e.Calls[len(e.Calls)-1-common]
}

func commonTail(a, b []ssa.CallInstruction) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}

// breaks reports whether a use certainly doesn't hold the lock, which is in
// reach, and meets one that holds it and none of the use's own.
func (j *judge) breaks(d *discipline, use sharing.MapUse, uses []sharing.MapUse) bool {
	if !concurrent(use) || j.evidence.Initializes(use) || use.Held.Unseen || use.Held.Maybe(d.class) || !d.inReach(use.At) || j.excused(d, use, uses) || sharing.Overwrites(use) || j.keptOut(d, use) || j.evidence.SaysAlone(use.Effect) || j.locksAnother(d, use) || j.evidence.AfterJoin(use.Effect) || j.evidence.HeldByObject(use, d.class) || j.setUpBefore(use, uses) || j.madeFirst(use, uses) {
		return false
	}
	other := d.meets(use)
	switch {
	case other.Access == nil:
		return false
	case !use.Writes() && other.Use == sharing.Replaced:
		return false // each map is complete when it is installed
	}
	return true
}

// keptOut reports whether the use holds a lock to itself that lies in the object
// which owns the one of the habit: those who hold the owner's lock for reading
// while they use its parts have left.
//
//	db.closing.Lock() // others hold it for reading from the start of a transaction to its end
//	db.store.open = nil
func (j *judge) keptOut(d *discipline, use sharing.MapUse) bool {
	return slices.ContainsFunc(use.Held.Must, func(lock sharing.Lock) bool {
		owner := lock.Place.Parent
		return !lock.Shared && lock.Class() != d.class && owner != nil && use.At.Parent != owner && use.At.Within(owner) &&
			j.evidence.TakenShared(lock.Class())
	})
}

// setUpBefore reports whether the use comes before the goroutines of its own
// object are started, in a function that is no goroutine's.
func (j *judge) setUpBefore(use sharing.MapUse, uses []sharing.MapUse) bool {
	return use.Entry.Spawn == nil && len(use.Calls) > 0 && j.evidence.BeforeStart(use, uses)
}

// meets returns an access under the lock that conflicts with the use, a
// write if there is one.
func (d *discipline) meets(use sharing.MapUse) sharing.Effect {
	snapshot := use.LoadHeld.Maybe(d.class)
	if snapshot && d.writers() < 2 {
		return sharing.Effect{} // loaded with care, and perhaps complete by then
	}
	var found sharing.Effect
	held := sharing.Held{May: slices.DeleteFunc(slices.Clone(use.Held.May), func(lock sharing.Lock) bool { return lock.OfElement(use.At) })}
	for _, other := range d.uses {
		switch {
		case snapshot && other.Use == sharing.Replaced:
			return sharing.Effect{} // what was loaded under the lock is nobody else's any more
		case !use.Writes() && !other.Writes() || held.Excludes(other.Held):
		case !use.Held.None() && other.Entry.Kind == sharing.Unknown:
			// Who calls the other side may hold the same lock as this one.
		case found.Access == nil || other.Use == sharing.Assigned && found.Use != sharing.Assigned:
			found = other.Effect
		}
	}
	return found
}

// excused reports whether the entry is one that the package itself calls
// only with the lock held: then its callers elsewhere are meant to do so too.
// So is an access behind a function that asks for a lock which is never seen.
func (j *judge) excused(d *discipline, use sharing.MapUse, uses []sharing.MapUse) bool {
	if !d.kept[use.Access] && d.demanded(use.Effect) {
		return true
	}
	if use.Entry.Kind == sharing.Goroutine {
		return false
	}
	called := false
	for _, other := range uses {
		if other.Access != use.Access || !other.Through(use.Entry.Fn) {
			continue
		}
		switch _, held := other.Held.Find(d.class); {
		case held:
			called = true
		case concurrent(other):
			return false
		}
	}
	return called
}

// demanded reports whether a function on the way to the access says that its
// caller holds a lock. Said by the function that makes the access, it means
// the lock of the receiver or a parameter, not that of an object behind it.
func (d *discipline) demanded(e sharing.Effect) bool {
	return slices.ContainsFunc(e.Calls, func(call ssa.CallInstruction) bool {
		callee := call.Common().StaticCallee()
		return callee != nil && sharing.WantsLock(callee) && (callee != e.Fn || d.lockIsNear(e.Place))
	})
}

func (d *discipline) lockIsNear(at *sharing.Place) bool {
	for r := range d.related {
		if object, ok := r.Object(at); ok && object != nil && object.Parent != nil {
			return false
		}
	}
	return true
}

// locksAnother reports whether the function of the access takes the lock of
// another object of the kind, and never that of this one: it tells objects
// apart that are shared from those that aren't, such as a configuration's
// from the running server's.
func (j *judge) locksAnother(d *discipline, use sharing.MapUse) bool {
	another := false
	for _, lock := range j.evidence.LocksIn(use.Fn) {
		switch r, ok := sharing.Relate(use.Place, lock.Place); {
		case lock.Class() != d.class:
		case ok && d.related[r]:
			return false
		default:
			another = true
		}
	}
	return another
}

// inReach reports whether the lock lies at the known distance from the map.
func (d *discipline) inReach(at *sharing.Place) bool {
	for r := range d.related {
		if _, ok := r.Object(at); ok {
			return true
		}
	}
	return false
}

// lockFor returns the lock of a map as the function of the access would write
// it, or else the one at which the way to it begins.
func (d *discipline) lockFor(use sharing.MapUse) string {
	if lock := d.lockAt(use.Place); lock != "" && d.straying(use.Effect) == nil {
		return lock
	}
	return d.lockAt(use.At)
}

func (d *discipline) lockAt(at *sharing.Place) string {
	for _, use := range d.uses {
		lock, _ := use.Held.Find(d.class)
		if r, ok := sharing.Relate(use.At, lock.Place); ok {
			if name, ok := r.Lock(at); ok {
				return name
			}
		}
	}
	return ""
}
