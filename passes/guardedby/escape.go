package guardedby

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// An escape is a slice or map that a function returns from under the lock
// that guards it. What the caller gets isn't a copy: it is what others
// go on changing under the lock.
type escape struct {
	ret    *ssa.Return
	place  *sharing.Place
	lock   *sharing.Place
	change ssa.Instruction
	used   ssa.CallInstruction // a call whose result is used without the lock, nil if none is known
}

// A change overwrites elements of a guarded slice, or entries of a guarded
// map, with the lock held for writing.
type change struct {
	at    ssa.Instruction
	class any // of the slice or map
	inner bool
	lock  any // class of the lock
	isMap bool
}

// escapes finds what functions return from under a lock, where others change
// it in place. Slices to which others only append stay as they are as long as
// the caller sees, and so do those that are replaced.
//
// That others than the package use it is enough if all are asked for.
func (j *judge) escapes(all bool) []escape {
	changes := j.changes()
	var found []escape
	if len(changes) == 0 {
		return nil
	}
	for _, fn := range j.evidence.Functions() {
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			ret, ok := instr.(*ssa.Return)
			if !ok || !ret.Pos().IsValid() || len(j.evidence.LocksIn(fn)) == 0 {
				return
			}
			for _, result := range ret.Results {
				if e, ok := j.escape(fn, result, changes); ok && (j.matters(fn, result, &e) || all) {
					e.ret = ret
					found = append(found, e)
					return
				}
			}
		})
	}
	return found
}

// changes lists what the functions of the package change in place.
func (j *judge) changes() []change {
	var list []change
	for _, fn := range j.evidence.Functions() {
		if len(j.evidence.LocksIn(fn)) == 0 {
			continue
		}
		replaced := j.replacedIn(fn)
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			at, isMap := j.evidence.EditedBy(instr), false
			if update, ok := instr.(*ssa.MapUpdate); ok {
				at, isMap = j.evidence.PlaceOf(update.Map), true
			}
			if at == nil || slices.Contains(replaced, at.Class()) || at.Base().Parent() == nil && !isGlobal(at) {
				return
			}
			for _, lock := range j.evidence.HeldAt(instr).Must {
				if class, inner := container(at); !lock.Shared && class != nil && kinOf(outermost(at), lock.Place) != strangers {
					list = append(list, change{instr, class, inner, lock.Class(), isMap})
				}
			}
		})
	}
	return list
}

// container returns the field or package-level variable to which a place
// belongs, and whether it is an element of it.
func container(at *sharing.Place) (class any, inner bool) {
	for ; at.Parent != nil && at.Field == nil; at = at.Parent {
		inner = true
	}
	if at.Field == nil && !isGlobal(at) {
		return nil, false
	}
	return at.Class(), inner
}

// outermost returns the field or variable of which a place is an element.
func outermost(at *sharing.Place) *sharing.Place {
	for at.Parent != nil && at.Field == nil {
		at = at.Parent
	}
	return at
}

// replacedIn lists the fields to which the function assigns something new,
// which it may fill before anybody else knows it.
func (j *judge) replacedIn(fn *ssa.Function) []any {
	var list []any
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		store, ok := instr.(*ssa.Store)
		if !ok {
			return
		}
		if _, isLocal := store.Addr.(*ssa.Alloc); !isLocal && !isEdit(store.Val) {
			list = append(list, j.evidence.PlaceOf(store.Addr).Class())
		}
	})
	return list
}

// isEdit reports whether what is assigned is a part of what was there, or
// that with something appended.
func isEdit(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Slice:
		_, isArray := v.X.(*ssa.Alloc)
		return !isArray
	case *ssa.Call:
		fn := sharing.CalleeObject(&v.Call)
		return program.Builtin(&v.Call) == "append" || fn != nil && model.EditsSlice(fn)
	}
	return false
}

// escape reports whether a result is guarded by a lock that the function
// holds when it reads it, and has released when it returns.
func (j *judge) escape(fn *ssa.Function, result ssa.Value, changes []change) (escape, bool) {
	if _, isCall := result.(*ssa.Call); isCall || !isSlice(result.Type()) && !isMap(result.Type()) {
		return escape{}, false
	}
	at := j.evidence.PlaceOf(result)
	class, inner := container(at)
	if class == nil || j.evidence.Owns(fn, at) || slices.Contains(j.replacedIn(fn), class) {
		return escape{}, false
	}
	for _, c := range changes {
		if c.class != class || c.inner != inner || c.isMap != isMap(result.Type()) {
			continue
		}
		for _, lock := range j.evidence.LocksIn(fn) {
			if lock.Class() == c.lock && !j.keeps(fn, lock) && kinOf(outermost(at), lock.Place) != strangers {
				return escape{place: at, lock: lock.Place, change: c.at}, true
			}
		}
	}
	return escape{}, false
}

// keeps reports whether the function returns with the lock held.
func (j *judge) keeps(fn *ssa.Function, lock sharing.Lock) bool {
	does := j.evidence.EffectOf(fn)
	same := func(l sharing.Lock) bool { return l.Place == lock.Place }
	return slices.ContainsFunc(does.Takes, same) || slices.ContainsFunc(does.MayTake, same)
}

// matters reports whether a function of the package uses the elements of a
// slice that escapes without the lock.
func (j *judge) matters(fn *ssa.Function, result ssa.Value, e *escape) bool {
	if isMap(result.Type()) {
		return false // mapguard sees who uses it
	}
	for _, call := range j.evidence.CallSites(fn) {
		value, ok := call.(*ssa.Call)
		if !ok || !j.usesElements(value, make(map[ssa.Value]bool)) {
			continue
		}
		held := j.evidence.HeldAt(call)
		above, known := j.evidence.CalledUnder(call.Parent())
		if held.Maybe(e.lock.Class()) || held.Unseen || !known || slices.ContainsFunc(above, func(l sharing.Lock) bool { return l.Class() == e.lock.Class() }) {
			continue
		}
		e.used = call
		return true
	}
	return false
}

// usesElements reports whether elements of a slice are looked at.
func (j *judge) usesElements(v ssa.Value, seen map[ssa.Value]bool) bool {
	if seen[v] {
		return false
	}
	seen[v] = true
	return slices.ContainsFunc(*v.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.IndexAddr:
			return true
		case *ssa.Extract:
			return isSlice(ref.Type()) && j.usesElements(ref, seen)
		case *ssa.Slice, *ssa.Phi, *ssa.MakeInterface:
			return j.usesElements(ref.(ssa.Value), seen)
		case *ssa.Call:
			return j.evidence.EditedBy(ref) != nil // sorted, say
		case *ssa.Store: // in a variable to which a literal refers
			variable, ok := ref.Addr.(*ssa.Alloc)
			return ok && ref.Val == v && slices.ContainsFunc(*variable.Referrers(), func(ref ssa.Instruction) bool {
				load, ok := ref.(*ssa.UnOp)
				return ok && j.usesElements(load, seen)
			})
		}
		return false
	})
}

func isSlice(t types.Type) bool {
	_, ok := t.Underlying().(*types.Slice)
	return ok
}

// escapeFinding blames the return.
func (j *judge) escapeFinding(e escape) report.Finding {
	const word = token.Pos(len("return"))
	pos := e.ret.Pos()
	f := report.Finding{
		Range:   report.Span{From: pos, To: pos + word},
		Message: fmt.Sprintf("%s is returned from under %s and not copied, while %s changes it in place", e.place, e.lock, verdicts.Place(j.pass, e.change.Pos())),
		Subject: e.ret,
		Related: []analysis.RelatedInformation{report.Here(report.Span{From: e.change.Pos(), To: e.change.Pos() + 1}, "changed under the lock here")},
	}
	if e.used != nil {
		f.Related = append(f.Related, report.Here(report.CallRange(j.evidence, e.used), "used without it here"))
	}
	return f
}
