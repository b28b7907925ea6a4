package datarace

import (
	"fmt"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

// registered finds races on the fields of objects that whoever made them has
// put into a map or list under its lock, and goes on to use without one, while
// others find them there:
//
//	s := &session{conn: conn}           for _, s := range g.snapshot() {
//	g.register(s) // g.sessions[id] = s      if now.Sub(s.lastSeen) > limit {
//	for read(conn) {                             s.conn.Close()
//		s.lastSeen = time.Now() // reported  }
//	}                                        }
//
// The lock of the map says that several goroutines use it. What happens before
// the object is put there, or when it has been taken out, concerns one alone,
// and so does what comes behind a wait for the others. Fields that some use
// with a lock of the object are guardedby's.
func registered(pass *analysis.Pass) []report.Finding {
	known := pass.ResultOf[summarize.Analyzer].(*summarize.Result)
	wanted := membersOfSets(pass.Pkg)
	if !known.ConcernsLocks() || len(wanted) == 0 {
		return nil
	}
	evidence := known.Evidence().OfVariables(func(v *types.Var) bool { return wanted[v] })
	r := &registry{pass: pass, evidence: evidence}
	var found []report.Finding
	locations, uses := evidence.KnownUses()
	for _, location := range locations {
		if f, ok := r.judge(uses[location]); ok {
			found = append(found, f)
		}
	}
	return found
}

// membersOfSets returns the fields of the structs that the package's types
// keep in maps and lists.
func membersOfSets(pkg *types.Package) map[*types.Var]bool {
	fields := make(map[*types.Var]bool)
	for _, name := range pkg.Scope().Names() {
		set, ok := pkg.Scope().Lookup(name).Type().Underlying().(*types.Struct)
		if !ok {
			continue
		}
		for field := range set.Fields() {
			member := memberOf(field.Type())
			for i := 0; member != nil && i < member.NumFields(); i++ {
				fields[member.Field(i)] = true
			}
		}
	}
	return fields
}

// memberOf returns the struct that the elements of a map or list point to.
func memberOf(set types.Type) *types.Struct {
	element := sharing.PointerElement(set)
	if element == nil {
		return nil
	}
	member, _ := element.Underlying().(*types.Pointer).Elem().Underlying().(*types.Struct)
	return member
}

type registry struct {
	pass     *analysis.Pass
	evidence *sharing.Evidence
}

// judge looks for a use of a field by whoever made the object and one by
// whoever found it that nothing keeps apart.
func (r *registry) judge(uses []sharing.MapUse) (report.Finding, bool) {
	if slices.ContainsFunc(uses, locksObject) {
		return report.Finding{}, false
	}
	for _, own := range uses {
		if own.Known == nil || !r.concurrent(own) || r.evidence.JoinedOnWay(own.Effect) {
			continue
		}
		for _, other := range uses {
			if other.Known == nil && (writes(own.Effect) || writes(other.Effect)) && r.finds(other, own.Known) && !keptApart(own, other) {
				return r.finding(own, other), true
			}
		}
	}
	return report.Finding{}, false
}

// locksObject reports whether a use holds a lock of the object.
func locksObject(use sharing.MapUse) bool {
	return slices.ContainsFunc(use.Held.May, func(lock sharing.Lock) bool {
		return lock.Place.Parent != nil && lock.Place.Parent == use.At.Parent
	})
}

// concurrent reports whether a use may happen at any time.
func (r *registry) concurrent(use sharing.MapUse) bool {
	switch use.Entry.Kind {
	case sharing.Goroutine, sharing.Handler, sharing.Exported:
		return use.Expr != nil && !use.Held.Unseen && !r.evidence.OfOneGoroutine(use.Entry.Fn)
	}
	return false
}

// finds reports whether a use is of an object that was found in a map or list,
// and stays there.
func (r *registry) finds(use sharing.MapUse, known *sharing.Publication) bool {
	element := use.At.Parent
	if element == nil || element.Parent == nil || element.Field != nil || !r.concurrent(use) || r.evidence.JoinedOnWay(use.Effect) {
		return false
	}
	set := element.Parent
	if set.Field != nil && set.Field != known.Into {
		return false
	}
	if r.evidence.Removes(use.Fn, known.Into) {
		return false
	}
	for _, call := range use.Calls {
		if r.evidence.Removes(call.Parent(), known.Into) {
			return false
		}
	}
	return true
}

// keptApart reports whether both may hold a lock of the same class, or an
// atomic decides on one of them.
func keptApart(own, other sharing.MapUse) bool {
	return claimed(own.Effect) || claimed(other.Effect) || slices.ContainsFunc(own.Held.May, func(lock sharing.Lock) bool {
		return other.Held.Maybe(lock.Class())
	})
}

func (r *registry) finding(own, other sharing.MapUse) report.Finding {
	blamed, meets, how := own, other, "%s is written here while another goroutine, which finds the object in %s, %ss it at %s (no common lock)"
	if !writes(own.Effect) {
		blamed, meets, how = other, own, "%s is written here, in an object found in %s, while whoever made it %ss it at %s (no common lock)"
	}
	name := edit.Print(r.pass.Fset, blamed.Expr)
	return report.Finding{
		Range:   blamed.Expr,
		Subject: blamed.Access,
		Message: fmt.Sprintf(how, name, own.Known.Into.Name(), doing(meets.Effect), report.FileLine(r.pass.Fset, meets.Expr.Pos())),
		Related: []analysis.RelatedInformation{
			report.Here(meets.Expr, done(meets.Effect)+" here"),
			report.Here(report.Span{From: own.Known.Instr.Pos(), To: own.Known.Instr.Pos() + 1}, "known to others from here on"),
		},
	}
}
