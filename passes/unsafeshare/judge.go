package unsafeshare

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A judge goes through the evidence on one package. Each expression is blamed
// at most once.
type judge struct {
	pass     *analysis.Pass
	evidence *sharing.Evidence
	verdicts []verdict
	seen     map[any]bool

	ownSources bool // of random numbers
}

// A verdict is two uses of one value that can happen at the same time, with
// no lock to keep them apart.
type verdict struct {
	rule   rule
	blamed sharing.Effect
	other  sharing.Effect
	spawn  *sharing.Spawn // the goroutine that makes one of them, nil if others start it
	lock   string         // that the other side holds

	everywhere bool // nobody holds a lock: it is the variable that has to change
}

// A rule says on which evidence a verdict rests.
type rule int

const (
	goroutines   rule = iota // a function starts one or both of them
	global                   // exported functions draw from a package-level variable
	handlers                 // a handler uses what belongs to its server
	ownGoroutine             // an object's goroutine uses what its methods use
	mixedLocking             // others hold a lock
	outside                  // the method locks, but not for this
)

// add records a verdict. What one function does to one value is one mistake;
// a package-level variable that everybody draws from is one, too.
func (j *judge) add(v verdict) {
	type use struct {
		fn *ssa.Function
		at *sharing.Place
	}
	key := use{v.blamed.Fn, v.blamed.Place}
	if j.seen[key] || j.ownSources && isGenerator(v.blamed) {
		return
	}
	j.seen[key] = true
	if whole := (use{at: v.blamed.Place}); !v.everywhere {
		j.verdicts = append(j.verdicts, v)
	} else if !j.seen[whole] {
		j.seen[whole] = true
		j.verdicts = append(j.verdicts, v)
	}
}

// pairs judges what goroutines do against the functions that start them and
// against each other.
func (j *judge) pairs() {
	for _, fn := range j.evidence.Functions() {
		seen := make(map[*sharing.Place]bool)
		for _, pair := range j.evidence.Pairs(fn) {
			if seen[pair.First.At] || !meet(pair.First, pair.With) || pair.First.Held.Unseen || pair.With.Held.Unseen {
				continue
			}
			if _, locked := pair.CommonLock(); locked {
				continue
			}
			seen[pair.First.At] = true
			v := verdict{rule: goroutines, blamed: pair.First, other: pair.With, spawn: pair.Spawn}
			if len(pair.First.Held.Must) > 0 && len(pair.With.Held.Must) == 0 {
				v.blamed, v.other = v.other, v.blamed
			}
			j.add(v)
		}
	}
}

// meet reports whether two uses get into each other's way: one changes the
// value, and they don't belong to different users of two that are allowed.
func meet(a, b sharing.Effect) bool {
	return (a.Writes() || b.Writes()) && a.Apart == b.Apart
}

// locations judges, for each field and package-level variable, the uses that
// can meet although no function shows both.
func (j *judge) locations() {
	order, uses := j.evidence.Uses()
	for _, location := range order {
		all := uses[location]
		for _, use := range all {
			if !exposed(use) {
				continue
			}
			j.unlocked(use, all)
			j.againstMethods(use, all)
			j.discipline(use, all)
		}
	}
}

// exposed reports whether the use can meet others: its entry is called from
// anywhere, by servers, or is a goroutine, and nobody on the way asks for a
// lock.
func exposed(use sharing.MapUse) bool {
	switch use.Entry.Kind {
	case sharing.Exported, sharing.Handler, sharing.Goroutine:
	default:
		return false
	}
	return !use.Entry.Test && !slices.ContainsFunc(use.Calls, func(call ssa.CallInstruction) bool {
		return sharing.WantsLock(call.Parent()) || call.Common().StaticCallee() != nil && sharing.WantsLock(call.Common().StaticCallee())
	})
}

// unlocked reports, of uses with nothing locked, those of handlers and those
// of generators in package-level variables.
func (j *judge) unlocked(use sharing.MapUse, all []sharing.MapUse) {
	if !use.Writes() || !use.Held.None() || j.evidence.Joined(use.Entry.Fn, use.Within(use.Entry.Fn)) {
		return
	}
	switch _, isGlobal := use.At.Base().(*ssa.Global); {
	case use.Entry.Kind == sharing.Handler && use.OfServer():
		j.add(verdict{rule: handlers, blamed: use.Effect, other: use.Effect})
	case use.Entry.Kind == sharing.Exported && isGlobal && use.At.Exact() && drawn(use.Effect) && j.calledByOthers(use.Entry.Fn):
		locked := slices.ContainsFunc(all, func(other sharing.MapUse) bool { return !other.Held.None() })
		j.add(verdict{rule: global, blamed: use.Effect, other: use.Effect, everywhere: !locked})
	}
}

// calledByOthers reports whether other packages can call an exported function
// by its name; a method of a type that they can't name serves somebody whom
// this package has given the value to.
func (j *judge) calledByOthers(fn *ssa.Function) bool {
	if j.pass.Pkg.Name() == "main" {
		return false
	}
	recv := fn.Signature.Recv()
	if recv == nil {
		return true
	}
	named := model.ReceiverNamed(recv.Type())
	return named != nil && named.Obj().Exported()
}

func isGenerator(e sharing.Effect) bool {
	return strings.HasSuffix(model.TypeKey(e.Type()), "rand.Rand") || strings.HasSuffix(model.TypeKey(e.Type()), "rand/v2.Rand")
}

// drawn reports whether the value is one that is used in passing, by whoever
// needs a number, and not the work of one owner.
func drawn(e sharing.Effect) bool {
	contract, ok := model.ContractOf(model.TypeKey(e.Type()))
	return ok && contract.Drawn()
}

// againstMethods reports what a goroutine that belongs to an object does
// with nothing locked while exported methods do as well.
func (j *judge) againstMethods(use sharing.MapUse, all []sharing.MapUse) {
	if use.Entry.Kind != sharing.Goroutine || !use.Held.None() || use.Entry.Spawn.Unknown || j.evidence.GivenUp(use.Entry.Fn, use.Entry.Spawn) {
		return
	}
	for _, other := range all {
		switch {
		case other.Entry.Kind != sharing.Exported || !other.Held.None() || other.Entry.Fn == use.Entry.Fn || !exposed(other):
		case !meet(use.Effect, other.Effect) || !other.OnObjectOf(use.At) || len(j.evidence.Callers(other.Entry.Fn)) > 0:
		case !j.evidence.Joined(other.Entry.Fn, other.Within(other.Entry.Fn)):
			j.add(verdict{rule: ownGoroutine, blamed: use.Effect, other: other.Effect, spawn: use.Entry.Spawn})
			return
		}
	}
}

// discipline reports a use without the lock that other functions hold. The
// lock says that the value is shared, whoever starts the goroutines.
func (j *judge) discipline(use sharing.MapUse, all []sharing.MapUse) {
	if use.Held.Unseen || len(use.Held.May) > 0 || j.setsUp(use) {
		return
	}
	keeping, breaking := make(map[*ssa.Function]bool), make(map[*ssa.Function]bool)
	var met sharing.MapUse
	lock := ""
	for _, other := range all {
		name, held := lockOf(other)
		switch {
		case !held && other.Held.None():
			breaking[other.Fn] = true
		case held:
			keeping[other.Fn] = true
			if meet(use.Effect, other.Effect) && other.Fn != use.Fn && (met.Access == nil || other.Writes() && !met.Writes()) {
				met, lock = other, name
			}
		}
	}
	if met.Access != nil && len(keeping) >= 2 && len(keeping) > len(breaking) {
		j.add(verdict{rule: mixedLocking, blamed: use.Effect, other: met.Effect, lock: lock})
		return
	}
	if !use.Writes() || !drawn(use.Effect) || use.Entry.Kind == sharing.Goroutine {
		return
	}
	if lock, ok := j.lockBeside(use); ok {
		j.add(verdict{rule: outside, blamed: use.Effect, other: use.Effect, lock: lock})
	}
}

// lockOf returns the lock held at a use that belongs to the object of the
// value, or is a package-level variable.
func lockOf(use sharing.MapUse) (string, bool) {
	for _, lock := range use.Held.Must {
		if _, ok := sharing.Relate(use.At, lock.Place); ok && !lock.Shared {
			return lock.Place.String(), true
		}
	}
	return "", false
}
