package datarace

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

// ofObjects finds races on fields and package-level variables between a
// goroutine that works for an object and what others do with the object, where
// exploration doesn't come:
//
//	func Discover() *table {              func (t *table) Lookup() addr {
//		t := &table{}                         return t.addr
//		go t.watch()                      }
//		return t
//	}                                     func (t *table) watch() {
//	                                          for range t.tick.C {
//	                                              t.addr = ask() // reported
//
// The goroutine sets the variable again and again, or an exported method sets
// it that is called while the goroutine runs: since a constructor starts it, or
// since the method is there to end it. Both sides have waited for nobody, a must; that they
// have no lock in common is one, too. What goroutines do once, before they end,
// is a result, for which somebody will have waited; what it does for a request
// may be done before the call goes on that made the request.
func ofObjects(pass *analysis.Pass, told map[token.Pos]bool) []report.Finding {
	known := pass.ResultOf[summarize.Analyzer].(*summarize.Result)
	if !known.Spawns() || isRuntime(pass.Pkg) {
		return nil
	}
	set := assigned(pass)
	if len(set) == 0 {
		return nil
	}
	o := &objects{pass: pass, missing: make(map[missingLock]int), evidence: known.Evidence().OfVariables(func(v *types.Var) bool { return set[v] && !told[v.Pos()] })}
	locations, uses := o.evidence.Uses()
	for _, location := range locations {
		if !location.Inner {
			o.judge(uses[location])
		}
	}
	return o.found
}

// isRuntime reports whether a package is part of the runtime, whose goroutines
// are kept apart by other means than those of programs.
func isRuntime(pkg *types.Package) bool {
	return pkg.Path() == "runtime" || strings.HasPrefix(pkg.Path(), "internal/runtime/")
}

// assigned returns the fields and package-level variables that functions set.
// Maps are mapguard's.
func assigned(pass *analysis.Pass) map[*types.Var]bool {
	set := make(map[*types.Var]bool)
	for _, file := range pass.Files {
		if match.TestFile(pass, file) {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			for _, assignment := range match.Assignments(n) {
				v := match.Variable(pass.TypesInfo, assignment.Left)
				if v != nil && v.Pkg() == pass.Pkg && (v.IsField() || v.Parent() == pass.Pkg.Scope()) && !sharing.IsMap(v.Type()) {
					set[v.Origin()] = true
				}
			}
			return true
		})
	}
	return set
}

// objects judges the uses of one variable after the other.
type objects struct {
	pass     *analysis.Pass
	evidence *sharing.Evidence
	found    []report.Finding
	missing  map[missingLock]int // the finding about it
}

// judge reports one pair of uses of a variable at most.
func (o *objects) judge(uses []sharing.MapUse) {
	uses = slices.DeleteFunc(slices.Clone(uses), func(use sharing.MapUse) bool { return !o.isPlain(use) })
	for _, own := range uses {
		if !o.isOwn(own) {
			continue
		}
		for _, other := range uses {
			if o.meets(own, other) {
				o.add(o.finding(own, other))
				return
			}
		}
		if set, ok := o.replaced(own, uses); ok {
			o.found = append(o.found, o.replacedFinding(own, set))
			return
		}
	}
}

// isPlain reports whether a use is what it seems: it is known, and no atomic
// decides who makes it.
func (o *objects) isPlain(use sharing.MapUse) bool { return o.isKnown(use) && !claimed(use.Effect) }

// isKnown reports whether the variable itself is read or set, all locks are
// known, and nobody says that others are away.
func (o *objects) isKnown(use sharing.MapUse) bool {
	switch {
	case use.Entry.Test, use.Expr == nil, use.Inside, use.Kept, use.Use != sharing.Read && use.Use != sharing.Replaced:
		return false
	case use.Held.Unseen, len(use.Held.Released) > 0, slices.ContainsFunc(use.Held.May, isUnnamed):
		return false
	case o.evidence.SaysAlone(use.Effect), o.evidence.OfOneGoroutine(use.Entry.Fn):
		return false
	}
	return !slices.ContainsFunc(use.Calls, func(call ssa.CallInstruction) bool {
		callee := sharing.Origin(call.Common().StaticCallee())
		return callee != nil && sharing.WantsLock(callee)
	})
}

// isUnnamed reports whether a lock is known by where it was made alone, so that
// elsewhere it has another name.
func isUnnamed(lock sharing.Lock) bool {
	switch lock.Class().(type) {
	case *types.Var, *ssa.Global:
		return false
	}
	return true
}

// isOwn reports whether a use is by a goroutine of the object's own: who starts
// it doesn't wait for it.
func (o *objects) isOwn(use sharing.MapUse) bool {
	return use.Entry.Kind == sharing.Goroutine && o.isOfObject(use) && o.evidence.Outlives(use.Entry.Spawn)
}

// isOfObject reports whether the goroutine uses the variable of what it was
// started for: the receiver of the method that starts it, the object that a
// constructor returns, or the package.
func (o *objects) isOfObject(use sharing.MapUse) bool {
	fn := use.Entry.Fn
	switch base := use.At.Base().(type) {
	case *ssa.Global:
		return true
	case *ssa.Alloc:
		return base.Parent() == fn && o.returns(fn, base)
	case *ssa.Parameter:
		return fn.Signature.Recv() != nil && base == fn.Params[0]
	}
	return false
}

func (o *objects) returns(fn *ssa.Function, object *ssa.Alloc) bool {
	found := false
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		ret, ok := instr.(*ssa.Return)
		found = found || ok && slices.ContainsFunc(ret.Results, func(v ssa.Value) bool { return o.evidence.PlaceOf(v).Base() == ssa.Value(object) })
	})
	return found
}

// meets reports whether the two uses race.
func (o *objects) meets(own, other sharing.MapUse) bool {
	if !own.Writes() && !other.Writes() || own.Held.Excludes(other.Held) || o.isBefore(other, own) || o.evidence.JoinedOnWay(other.Effect) {
		return false
	}
	switch other.Entry.Kind {
	case sharing.Exported, sharing.Handler:
		return o.meetsCaller(own, other)
	case sharing.Goroutine:
		return other.Entry.Spawn.Site != own.Entry.Spawn.Site && o.isOwn(other) && isSameWay(own.At, other.At) &&
			!o.evidence.JoinedOnWay(own.Effect) && !o.isBefore(own, other)
	}
	return false
}

// meetsCaller is meets for a use by those who call the object's methods.
func (o *objects) meetsCaller(own, other sharing.MapUse) bool {
	if !other.OnObjectOf(own.At) || other.Entry.Fn == own.Entry.Fn || o.evidence.RunsOn(own.Entry.Spawn.Body)[other.Entry.Fn] || o.isPrelude(other.Entry.Fn, own.Entry.Spawn) {
		return false
	}
	joined := o.evidence.JoinedOnWay(own.Effect)
	if own.Writes() {
		return goesRound(own) && !(joined && o.evidence.Communicates(other.Entry.Fn))
	}
	_, made := own.At.Base().(*ssa.Alloc)
	return (made || model.EndsWork(other.Entry.Fn.Name())) && !joined
}

// goesRound reports whether a use is made again and again.
func goesRound(use sharing.MapUse) bool {
	return sharing.Reaches(use.Instr, use.Instr) ||
		slices.ContainsFunc(use.Calls, func(call ssa.CallInstruction) bool { return sharing.Reaches(call, call) })
}

// isBefore reports whether the use comes before the goroutine of another is
// started.
func (o *objects) isBefore(use, other sharing.MapUse) bool {
	return o.evidence.BeforeStart(use, []sharing.MapUse{other})
}

// isSameWay reports whether two places are reached over the same fields from
// one object, or from objects of one type.
func isSameWay(at, there *sharing.Place) bool {
	for ; at.Parent != nil && there.Parent != nil; at, there = at.Parent, there.Parent {
		if at.Field != there.Field || at.Field == nil {
			return false
		}
	}
	return at == there || at.Parent == nil && there.Parent == nil && sharing.SameObjectType(at.Root.Type(), there.Root.Type())
}
