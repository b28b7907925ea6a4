package mapguard

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A discipline is the habit of holding one lock for one location: which
// lock, and which accesses keep to it.
type discipline struct {
	class   any
	related map[sharing.Relation]bool
	kept    map[*sharing.Access]bool
	keepers map[*ssa.Function]bool
	uses    []sharing.MapUse // that hold the lock
}

// findDiscipline picks the lock that most functions hold. One that they take
// themselves counts twice: it is taken for what they do.
func (j *judge) findDiscipline(uses []sharing.MapUse) *discipline {
	var all []*discipline
	for _, use := range uses {
		if use.Entry.Test {
			continue // a test's own lock says nothing about the package
		}
		for _, lock := range use.Held.Must {
			i := slices.IndexFunc(all, func(d *discipline) bool { return d.class == lock.Class() })
			if i < 0 {
				i = len(all)
				all = append(all, &discipline{class: lock.Class(), related: make(map[sharing.Relation]bool), kept: make(map[*sharing.Access]bool), keepers: make(map[*ssa.Function]bool)})
			}
			d := all[i]
			d.kept[use.Access] = true
			d.keepers[use.Fn] = true
			d.uses = append(d.uses, use)
			if r, ok := sharing.Relate(use.At, lock.Place); ok {
				d.related[r] = true
			}
		}
	}
	var best *discipline
	for _, d := range all {
		if len(d.related) > 0 && (best == nil || j.weight(d) > j.weight(best)) {
			best = d
		}
	}
	return best
}

func (j *judge) weight(d *discipline) int {
	weight := len(d.keepers)
	for fn := range d.keepers {
		if j.evidence.Takes(fn, d.class) {
			weight++
		}
	}
	return weight
}

// outweighs reports whether the habit is strong enough to call the others
// mistaken. It counts functions, not accesses. A lock under which nobody
// writes may be held for something else, and needs to be held more often;
// but one that readers share is there because of a writer.
func (j *judge) outweighs(d *discipline, offenders, uses []sharing.MapUse) bool {
	keeping, breaking := d.keepers, make(map[*ssa.Function]bool)
	written := false
	for _, use := range d.uses {
		lock, _ := use.Held.Find(d.class)
		written = written || use.Writes() || lock.Shared
	}
	for _, use := range offenders {
		if call := d.straying(use.Effect); call != nil {
			breaking[call.Parent()] = true
		} else {
			breaking[use.Fn] = true
		}
	}
	for _, use := range uses {
		if use.Entry.Kind == sharing.Unknown && !use.Held.Maybe(d.class) && !sharing.WantsLock(use.Entry.Fn) && !keeping[use.Fn] {
			breaking[use.Fn] = true // or so it seems: who calls it isn't known
		}
	}
	for _, use := range uses {
		if use.Entry.Kind == sharing.Exported && use.Entry.Fn == use.Fn && use.Use == sharing.Replaced && use.Held.None() && !keeping[use.Fn] {
			breaking[use.Fn] = true // a method that begins anew does so without the lock
		}
	}
	if len(keeping) == 1 && len(users(uses)) > 2 || !j.purposeful(d) {
		return false // the lock may be held for something else
	}
	if !written {
		return len(keeping) >= 3 && len(keeping) >= 2*len(breaking)
	}
	return len(keeping) >= len(breaking)
}

// purposeful reports whether the lock is there for the map: the function that
// takes it also uses the map, or says that it wants the lock, or several
// functions take it for one that does. A single one that holds the lock for
// what it does itself calls a helper that happens to use the map, too.
func (j *judge) purposeful(d *discipline) bool {
	holders := make(map[*ssa.Function]bool)
	for _, use := range d.uses {
		if _, held := j.evidence.HeldAt(use.Instr).Find(d.class); held || sharing.WantsLock(use.Fn) {
			return true
		}
		for _, call := range use.Calls {
			if _, held := j.evidence.HeldAt(call).Find(d.class); held {
				holders[call.Parent()] = true
			}
		}
	}
	return len(holders) > 1
}

func users(uses []sharing.MapUse) map[*ssa.Function]bool {
	functions := make(map[*ssa.Function]bool)
	for _, use := range uses {
		functions[use.Fn] = true
	}
	return functions
}

// writers counts the functions that write under the lock.
func (d *discipline) writers() int {
	writing := make(map[*ssa.Function]bool)
	for _, use := range d.uses {
		if use.Use == sharing.Assigned {
			writing[use.Fn] = true
		}
	}
	return len(writing)
}
