package mapguard

import (
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// locations judges, for each field and package-level variable, the uses that
// can meet although no function shows both: methods and functions that
// anybody may call, handlers, and goroutines.
func (j *judge) locations() {
	order, uses := j.evidence.Uses()
	for _, location := range order {
		all := uses[location]
		if !writtenSomewhere(all) {
			continue
		}
		j.lockDiscipline(all)
		j.readLockedWrites(all)
		j.handlerWrites(all)
		j.goroutineWrites(all)
	}
}

func writtenSomewhere(uses []sharing.MapUse) bool {
	for _, use := range uses {
		if use.Writes() {
			return true
		}
	}
	return false
}

// readLockedWrites reports writes made while a lock is held for reading
// only: others who hold it so are at work at the same time.
func (j *judge) readLockedWrites(uses []sharing.MapUse) {
	for _, use := range uses {
		if use.Use != sharing.Assigned || use.Held.Unseen || !concurrent(use) || len(use.Held.May) != 1 || len(use.Held.Must) != 1 {
			continue
		}
		lock := use.Held.Must[0]
		if lock.Shared && use.Held.May[0].Shared && guards(lock, use.At) && meetsReader(use, uses) {
			j.add(verdict{rule: sharedLocking, blamed: use.Effect, other: use.Effect, lock: lock.Place.String()})
		}
	}
}

// meetsReader reports whether somebody else can use the map under the same
// read lock: a goroutine that is alone in doing so only keeps out those who
// take the lock for writing, which is enough.
func meetsReader(use sharing.MapUse, uses []sharing.MapUse) bool {
	if use.Entry.Kind != sharing.Goroutine {
		return true
	}
	class := use.Held.Must[0].Class()
	for _, other := range uses {
		if lock, held := other.Held.Find(class); held && lock.Shared && other.Entry != use.Entry {
			return true
		}
	}
	return false
}

// guards reports whether a lock lies in the object that the map belongs to,
// or around it, or is a package-level variable.
func guards(lock sharing.Lock, at *sharing.Place) bool {
	_, ok := sharing.Relate(at, lock.Place)
	return ok
}

// concurrent reports whether the use can meet others, or another round of
// itself: its entry is called from anywhere, by servers, or is a goroutine.
func concurrent(use sharing.MapUse) bool {
	switch use.Entry.Kind {
	case sharing.Exported, sharing.Handler:
		return !use.Entry.Test
	case sharing.Goroutine:
		return !use.Entry.Test
	}
	return false
}

// handlerWrites reports what handlers write with nothing locked. A server
// runs them at the same time, each against itself and the others.
func (j *judge) handlerWrites(uses []sharing.MapUse) {
	for _, use := range uses {
		if use.Use != sharing.Assigned {
			continue // replacing a map doesn't touch its structure, and is mostly done to an object of the call's own
		}
		if use.Entry.Kind == sharing.Handler && use.Writes() && use.Held.None() && !use.Entry.Test && use.OfServer() {
			j.add(verdict{rule: handlers, blamed: use.Effect, other: meetingHandler(use, uses)})
		}
	}
}

// meetingHandler returns an access that another handler makes to the map, to
// show where the two meet, or the same access, made for another request.
func meetingHandler(use sharing.MapUse, uses []sharing.MapUse) sharing.Effect {
	for _, other := range uses {
		if other.Entry.Kind == sharing.Handler && !other.Entry.Test && other.Fn != use.Fn && other.Held.None() {
			return other.Effect
		}
	}
	return use.Effect
}
