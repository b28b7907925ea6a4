package guardedby

import (
	"go/ast"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A habit is a lock and the uses of one variable that hold it.
type habit struct {
	class     any
	name      string
	kin       kin // the nearest that is seen
	relations []sharing.Relation
	uses      []sharing.MapUse
	kept      map[ast.Expr]bool
	keepers   map[*ssa.Function]bool // functions of these uses
	sections  map[*ssa.Function]bool // functions that hold the lock for them, above them or themselves
	direct    bool                   // one of the functions takes the lock for its own use
}

// habitOf picks the lock that most uses hold, or the one that a comment
// names.
func (j *judge) habitOf(location sharing.Location, uses []sharing.MapUse) *habit {
	said, annotated := j.annotation(location)
	var all []*habit
	for _, use := range uses {
		for _, lock := range use.Held.Must {
			r, ok := sharing.Relate(use.At, lock.Place)
			near := kinOf(use.At, lock.Place)
			if near == strangers && j.declared.areBeside(use.At.Field, lock.Class()) {
				near = siblings // as far as is seen, of two objects: s.list[i].owner.n under s.mu
			}
			if !ok || use.Expr == nil || near == strangers && !annotated || mayFail(lock.Class()) {
				continue
			}
			i := slices.IndexFunc(all, func(h *habit) bool { return h.class == lock.Class() })
			if i < 0 {
				i = len(all)
				all = append(all, &habit{class: lock.Class(), name: className(lock.Class()), kept: make(map[ast.Expr]bool), keepers: make(map[*ssa.Function]bool), sections: make(map[*ssa.Function]bool)})
			}
			all[i].kin = max(all[i].kin, near)
			all[i].add(use, r)
			section := j.section(use, lock.Class())
			all[i].sections[section] = true
			all[i].direct = all[i].direct || section == use.Fn && j.evidence.Takes(use.Fn, lock.Class())
		}
	}
	var best *habit
	for _, h := range all {
		if annotated && h.name != said {
			continue
		}
		if best == nil || len(h.kept) > len(best.kept) {
			best = h
		}
	}
	return best
}

// section returns the function that has the lock on the way to a use: the
// outermost one that holds it when it goes on.
func (j *judge) section(use sharing.MapUse, class any) *ssa.Function {
	for _, call := range use.Calls {
		if _, held := j.evidence.HeldAt(call).Find(class); held {
			return call.Parent()
		}
	}
	return use.Fn
}

func className(class any) string {
	switch class := class.(type) {
	case *types.Var:
		return class.Name()
	case ssa.Value:
		return class.Name()
	}
	return ""
}

func (h *habit) add(use sharing.MapUse, r sharing.Relation) {
	h.uses = append(h.uses, use)
	h.kept[use.Expr] = true
	h.keepers[use.Fn] = true
	if !slices.Contains(h.relations, r) {
		h.relations = append(h.relations, r)
	}
}

// lockFor returns the lock of a variable as it is written beside it.
func (h *habit) lockFor(at *sharing.Place) (string, bool) {
	for _, r := range h.relations {
		if name, ok := r.Lock(at); ok {
			return name, true
		}
	}
	return "", false
}

// nameAt returns the lock as the function of a use would write it, if it is
// beside the variable there, or else as its entry would.
func (h *habit) nameAt(pass *analysis.Pass, use sharing.MapUse, lock string) string {
	selector, ok := use.Expr.(*ast.SelectorExpr)
	if !ok {
		return lock
	}
	for _, r := range h.relations {
		if down, ok := r.Beside(); ok {
			return edit.Print(pass.Fset, selector.X) + down
		}
	}
	return lock
}

// setOnce reports whether one function alone sets the variable, and under a
// condition: once it is set it stays so. Who uses it elsewhere without the
// lock mostly knows that it is. In the function that sets it, a look without
// the lock is the first half of double-checked locking.
func (h *habit) setOnce(reader *ssa.Function) bool {
	functions := make(map[*ssa.Function]bool)
	replaced := false
	for _, use := range h.uses {
		if !use.Writes() {
			continue
		}
		functions[use.Fn] = true
		replaced = replaced || use.Use == sharing.Replaced
		if !dependsOnState(use) || isStep(use.Instr) {
			return false
		}
	}
	return len(functions) == 1 && replaced && !functions[reader] && !h.setEitherWay()
}

// setEitherWay reports whether the variable is set on both outcomes of a
// branch, which no other answer about the object comes before: that isn't once.
func (h *habit) setEitherWay() bool {
	return slices.ContainsFunc(h.uses, func(a sharing.MapUse) bool {
		return a.Writes() && slices.ContainsFunc(h.uses, func(b sharing.MapUse) bool {
			if !b.Writes() {
				return false
			}
			branch := between(a.Instr.Block(), b.Instr.Block())
			return branch != nil && !isConditional(branch, a)
		})
	})
}

// between returns the branch that leads to one block or to the other, nil if
// there is none.
func between(a, b *ssa.BasicBlock) *ssa.If {
	for at := a.Idom(); at != nil; at = at.Idom() {
		branch, ok := at.Instrs[len(at.Instrs)-1].(*ssa.If)
		if !ok {
			continue
		}
		first, second := at.Succs[0], at.Succs[1]
		if first.Dominates(a) && second.Dominates(b) && len(first.Preds) == 1 && len(second.Preds) == 1 {
			return branch
		}
	}
	return nil
}

// conflict returns a use under the lock of which one writes, and that another
// goroutine can make. What one goroutine alone writes it can read without
// the lock.
func (j *judge) conflict(h *habit, use sharing.MapUse) (sharing.MapUse, bool) {
	var found sharing.MapUse
	for _, other := range h.uses {
		switch {
		case !use.Writes() && !other.Writes(), sameGoroutine(use, other), !concurrent(other) && !j.locksItself(h, other):
			continue
		case other.Writes() && sharing.SaysEarly(other.Fn):
			continue
		case !use.Writes() && j.onlyThrough(other.Fn, use.Fn, 3) && !j.looksFirst(h, use, other):
			continue // the only writer may read without the lock
		case use.Entry.Spawn != nil && slices.Contains(j.evidence.SpawnedAfter(other.Instr), use.Entry.Spawn.Site):
			continue // done before the goroutine is started
		case j.evidence.AfterEnd(other.Effect, use.Entry.Spawn, use.Effect):
			continue // or when it has ended
		}
		if found.Access == nil || other.Writes() && !found.Writes() {
			found = other
		}
	}
	return found, found.Access != nil
}

// locksItself reports whether who calls isn't known, as of a function that
// somebody else is given, and the function takes the lock for itself: it
// says that others are at work.
func (j *judge) locksItself(h *habit, use sharing.MapUse) bool {
	return use.Entry.Kind == sharing.Unknown && !use.Entry.Test && j.evidence.Takes(use.Fn, h.class)
}

// straying returns the call that leaves the habit, if the use itself holds
// the lock on other ways to it: the last call that isn't common to this way
// and one that holds the lock.
func (h *habit) straying(use sharing.MapUse) ssa.CallInstruction {
	common := -1
	for _, other := range h.uses {
		if other.Access == use.Access {
			common = max(common, commonTail(use.Calls, other.Calls))
		}
	}
	if common < 0 || common >= len(use.Calls) {
		return nil
	}
	return use.Calls[len(use.Calls)-1-common]
}

func commonTail(a, b []ssa.CallInstruction) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	return n
}
