package guardedby

import (
	"go/ast"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A judge decides, variable by variable, which lock guards it and who uses
// it without.
type judge struct {
	pass     *analysis.Pass
	evidence *sharing.Evidence
	declared *declared
	changing map[any]bool // fields that are written once they are set up
	verdicts []verdict

	criticals map[critical]map[any]bool // which variables functions use under which locks
	visits    map[visit]bool            // and of which objects
	parts     *partUses
}

// A verdict is a use of a guarded variable without its lock.
type verdict struct {
	use   sharing.MapUse
	meets sharing.MapUse // a use under the lock with which it conflicts
	call  ssa.CallInstruction
	lock  string // as the function of the use would write it
	kept  int    // uses that hold the lock
	total int
	stray bool // all who hold the lock only read
	said  bool // a comment assigns the variable to the lock

	shared bool       // the lock is held, but for reading only
	inside bool       // by a method of what the variable holds
	also   []ast.Expr // further uses without the lock by the same function
	left   bool       // the function has held the lock before, and used the variable
	part   bool       // or another one of its object, which is a part of what the lock is for
	other  bool       // another lock is held, which those who conflict don't hold
	scarce bool       // more functions miss the lock than hold it, and this one never takes it
}

func (j *judge) judge(location sharing.Location, all []sharing.MapUse) {
	j.verdicts = append(j.verdicts, j.insideReadLock(all)...)
	own := slices.DeleteFunc(slices.Clone(all), func(use sharing.MapUse) bool { return use.Inside })
	if !location.Inner {
		own = append(own, j.parts.of[location.Var]...)
	}
	j.weigh(location, own)
	j.weigh(location, slices.DeleteFunc(slices.Clone(all), func(use sharing.MapUse) bool { return !use.Kept }))
}

// weigh judges the uses of a variable, or those of the container in it.
func (j *judge) weigh(location sharing.Location, uses []sharing.MapUse) {
	if !written(uses) {
		return
	}
	h := j.habitOf(location, uses)
	if h == nil {
		return
	}
	sites := make(map[ast.Expr]bool)
	broken := make(map[ast.Expr]bool)
	var found []verdict
	for _, use := range uses {
		if use.Expr == nil {
			continue
		}
		sites[use.Expr] = true
		if v, ok := j.breaks(h, use, uses); ok && !j.ofEntries(location, use) {
			broken[use.Expr] = true
			if !slices.ContainsFunc(found, func(w verdict) bool { return w.use.Expr == use.Expr && w.call == v.call }) {
				found = append(found, v)
			}
		}
	}
	found = append(found, j.underReadLock(h, uses)...)
	_, said := j.annotation(location)
	stray := !written(h.uses)
	scarce := !said && !stray && len(breakers(found)) > len(h.sections)
	switch {
	case stray:
		found = j.strayWrites(location, h, uses, found)
	case !said:
		found = j.convincing(location, h, uses, found, len(sites), len(broken))
	}
	for _, v := range byFunction(j.parts.wholes(found)) {
		v.kept, v.total, v.said, v.stray, v.inside = len(h.kept), len(sites), said, stray, v.use.Inside
		v.scarce = scarce && !v.left && !v.shared && !j.evidence.Takes(v.use.Fn, h.class)
		j.verdicts = append(j.verdicts, v)
	}
}

// byFunction makes one verdict of those that one missing lock explains: a
// function's own uses of the variable. A write says most, and then the first.
func byFunction(found []verdict) []verdict {
	var list []verdict
	slices.SortStableFunc(found, func(a, b verdict) int { return int(a.use.Expr.Pos() - b.use.Expr.Pos()) })
	for _, v := range found {
		i := slices.IndexFunc(list, func(w verdict) bool {
			return w.use.Fn == v.use.Fn && w.call == v.call && w.left == v.left && w.part == v.part && w.shared == v.shared && w.lock == v.lock
		})
		switch {
		case i < 0 || v.call != nil:
			list = append(list, v)
		case v.use.Writes() && !list[i].use.Writes():
			v.also = slices.Concat(list[i].also, []ast.Expr{list[i].use.Expr})
			list[i] = v
		default:
			list[i].also = append(list[i].also, v.use.Expr)
		}
	}
	return list
}

// ofEntries reports whether a use is of a map whose entries change, and does
// more than ask if there is a map: such uses are mapguard's.
func (j *judge) ofEntries(location sharing.Location, use sharing.MapUse) bool {
	v := variableOf(location.Var)
	if v == nil || !j.declared.updated[v] {
		return false
	}
	load, ok := use.Instr.(*ssa.UnOp)
	return !ok || slices.ContainsFunc(*load.Referrers(), func(ref ssa.Instruction) bool {
		_, compares := ref.(*ssa.BinOp)
		_, debug := ref.(*ssa.DebugRef)
		return !compares && !debug
	})
}

func (j *judge) annotation(location sharing.Location) (string, bool) {
	name, ok := j.declared.annotated[variableOf(location.Var)]
	return name, ok
}

// written reports whether somebody writes the variable who didn't make it.
func written(uses []sharing.MapUse) bool {
	return slices.ContainsFunc(uses, func(use sharing.MapUse) bool { return use.Writes() && use.Entry.Kind != sharing.Sequential })
}

// breaks reports whether a use certainly doesn't hold the lock, which is in
// reach, while somebody else may hold it and do what conflicts.
func (j *judge) breaks(h *habit, use sharing.MapUse, uses []sharing.MapUse) (verdict, bool) {
	taken := j.takenBefore(h, use)
	left := len(taken) > 0
	if !concurrent(use) && !left || j.evidence.OfOneGoroutine(use.Entry.Fn) || j.handedOver(h, use) || j.evidence.HeldByObject(use, h.class) || use.Held.Unseen || use.Held.Maybe(h.class) || h.isGated(use) {
		return verdict{}, false
	}
	lock, ok := h.lockFor(use.At)
	if _, isNil := use.At.Base().(*ssa.Const); !ok || isNil || j.excused(h, use, uses) || j.ordered(h, use, uses, taken) || demanded(use) || sharing.Overwrites(use) {
		return verdict{}, false
	}
	other, ok := j.conflict(h, use)
	if !ok || j.setsUp(h, use) || !use.Writes() && (h.setOnce(use.Fn) || left && j.setForGood(h)) {
		return verdict{}, false
	}
	call := h.straying(use)
	if call == nil {
		lock = h.nameAt(j.pass, use, lock)
	}
	return verdict{
		use: use, meets: other, lock: lock, call: call,
		left: left && h.hasUseIn(use.Fn), part: left && h.kin == within && j.hasVisited(h, use),
		other: len(use.Held.Must) > 0,
	}, true
}

// takenBefore lists where the function of the use has taken the lock itself
// before, and given it back: then none of its callers holds it either, whoever
// they are.
func (j *judge) takenBefore(h *habit, use sharing.MapUse) []ssa.Instruction {
	if use.Entry.Test || use.Entry.Kind == sharing.Sequential {
		return nil
	}
	var taken []ssa.Instruction
	sharing.Instructions(use.Fn, func(instr ssa.Instruction) {
		call, ok := instr.(*ssa.Call)
		if !ok {
			return
		}
		lock, op := j.evidence.LockOperation(&call.Call)
		if op != model.Acquire && op != model.AcquireShared || lock.Class() != h.class {
			return
		}
		r, ok := sharing.Relate(use.Place, lock.Place)
		if ok && slices.Contains(h.relations, r) && sharing.Reaches(call, use.Instr) {
			taken = append(taken, call)
		}
	})
	return taken
}

// isGated reports whether a lock that is held at the use keeps it apart from
// any of those that hold the other one.
func (h *habit) isGated(use sharing.MapUse) bool {
	return slices.ContainsFunc(use.Held.May, func(lock sharing.Lock) bool {
		return slices.ContainsFunc(h.uses, func(other sharing.MapUse) bool { return other.Held.Maybe(lock.Class()) })
	})
}

// hasUseIn reports whether the function uses the variable under the lock.
func (h *habit) hasUseIn(fn *ssa.Function) bool {
	return slices.ContainsFunc(h.uses, func(use sharing.MapUse) bool { return use.Fn == fn })
}

// concurrent reports whether the use can meet others: its entry is called
// from anywhere, by servers, or is a goroutine.
func concurrent(use sharing.MapUse) bool {
	switch use.Entry.Kind {
	case sharing.Exported, sharing.Handler, sharing.Goroutine:
		return !use.Entry.Test
	}
	return false
}

func sameGoroutine(a, b sharing.MapUse) bool {
	return a.Entry.Kind == sharing.Goroutine && b.Entry.Kind == sharing.Goroutine && a.Entry.Spawn == b.Entry.Spawn
}
