// Package summarize is engine 2: it finds out what each function does that
// its callers have to know, from its body and from what is known of those
// that it calls, and hands it on to importing packages as facts. It owns the
// facts of the whole suite; checks ask its [Result].
//
// What a summary says stands in package summary: which locks a function takes
// and gives back for its caller, which ones it takes on the way, and which of
// the functions that it is given it runs, where, and under which locks. So a
// wrapper teaches itself: s.lock(), withLock(func()), goSafe(fn).
//
// In a package the evidence is that of package sharing. Functions are looked
// at callees first; those of a recursion count as doing nothing while they
// are being looked at. A method of an interface and an unknown function value
// say nothing.
//
// Facts cost everybody who imports the package. Only functions that other
// packages can call by name have one, only if it says anything, and a package
// that names no lock, starts no goroutine and calls nothing that has a
// summary is read for its endings only (see endings). The standard library has none: package model
// speaks for it.
package summarize

import (
	"go/ast"
	"go/types"
	"iter"
	"reflect"
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/effect"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
	"github.com/goconclint/goconclint/passes/internal/summary"
)

// Analyzer serves the [Result] of a package and exports its summaries.
var Analyzer = &analysis.Analyzer{
	Name:       "summarize",
	Doc:        "summarize what functions do to locks and to functions that they are given",
	Requires:   []*analysis.Analyzer{program.Analyzer},
	FactTypes:  []analysis.Fact{(*summary.Fact)(nil)},
	ResultType: reflect.TypeFor[*Result](),
	Run:        run,
}

func run(pass *analysis.Pass) (any, error) {
	r := &Result{pass: pass, prog: pass.ResultOf[program.Analyzer].(*program.Program), imports: importer(pass)}
	r.endings = sync.OnceValue(func() *endings { return findEndings(pass, r.prog, r.imports) })
	if pass.TypesInfo == nil {
		return r, nil // a dependency of which the host has loaded no more than the types
	}
	r.concerned, r.spawns = sharing.TakesLocks(pass), startsGoroutines(pass)
	if model.IsStandard(pass.Pkg) {
		return r, nil
	}
	wraps := r.concerned || r.spawns
	for known := range r.called() {
		wraps = wraps || !onlyEnds(known)
		r.spawns = r.spawns || slices.ContainsFunc(known.Runs, func(run effect.Run) bool { return run.Async })
		r.concerned = r.concerned || holdsLocks(known)
	}
	var evidence *sharing.Evidence
	if wraps {
		evidence = r.Evidence()
	}
	export(pass, evidence, r.endings())
	return r, nil
}

// onlyEnds reports whether a summary says no more than how calls end, for
// which nobody needs evidence.
func onlyEnds(s *summary.Summary) bool {
	rest := *s
	rest.Ending = effect.Ending{}
	return rest.Empty()
}

// A Result is what engine 2 knows of a package and of what it imports.
type Result struct {
	pass      *analysis.Pass
	prog      *program.Program
	imports   sharing.Imports
	concerned bool
	spawns    bool
	endings   func() *endings
}

// ConcernsLocks reports whether the package names a method that locks or
// unlocks anything, or calls a function of another package that may leave
// something locked. Most packages do neither, and hold nothing for a check of locks.
func (r *Result) ConcernsLocks() bool { return r.concerned }

// Spawns reports whether the package starts a goroutine, parallel subtests
// aside, or calls a function of another package that does with what it is
// given. Others have no pairs.
func (r *Result) Spawns() bool { return r.spawns }

// Evidence collects the evidence on the package, with what is known of the
// functions of others.
func (r *Result) Evidence() *sharing.Evidence {
	return sharing.CollectWith(r.pass, r.prog, r.imports)
}

// importer returns what facts say about functions of other packages, each
// decoded once. Checks that run at the same time ask it.
func importer(pass *analysis.Pass) sharing.Imports {
	var known sync.Map // *types.Func to *summary.Summary
	return func(fn *types.Func) *summary.Summary {
		if fn.Pkg() == pass.Pkg || model.IsStandard(fn.Pkg()) {
			return nil
		}
		s, ok := known.Load(fn)
		if !ok {
			s, _ = known.LoadOrStore(fn, decode(pass, fn))
		}
		return s.(*summary.Summary)
	}
}

func decode(pass *analysis.Pass, fn *types.Func) *summary.Summary {
	var fact summary.Fact
	if !pass.ImportObjectFact(fn, &fact) {
		return nil
	}
	s, err := summary.Decode(fact.Code)
	if err != nil {
		return nil // of another version of ours: unknown
	}
	return &s
}

// called yields the summaries of the functions of other packages that the
// package names.
func (r *Result) called() iter.Seq[*summary.Summary] {
	return func(yield func(*summary.Summary) bool) {
		for _, obj := range r.pass.TypesInfo.Uses {
			if fn, ok := obj.(*types.Func); ok {
				if known := r.imports(fn.Origin()); known != nil && !yield(known) {
					return
				}
			}
		}
	}
}

// holdsLocks reports whether a caller of the function may have something
// locked by it: when it returns, or while it calls a function that it is
// given or finds in a field.
func holdsLocks(s *summary.Summary) bool {
	return len(s.Takes)+len(s.MayTake)+len(s.Hooks) > 0 || slices.ContainsFunc(s.Runs, func(run effect.Run) bool { return len(run.Held) > 0 })
}

// startsGoroutines reports whether the package starts a goroutine, itself or
// by a function of which the model knows that it does.
func startsGoroutines(pass *analysis.Pass) bool {
	for _, obj := range pass.TypesInfo.Uses {
		if fn, ok := obj.(*types.Func); ok && model.Spawns(fn) >= 0 {
			return true
		}
	}
	for _, file := range pass.Files {
		found := false
		ast.Inspect(file, func(n ast.Node) bool {
			_, isGo := n.(*ast.GoStmt)
			found = found || isGo
			return !found
		})
		if found {
			return true
		}
	}
	return false
}

// export makes a fact of each summary that other packages can use. There is
// no evidence on a package in which nothing locks, spawns or calls what does.
func export(pass *analysis.Pass, evidence *sharing.Evidence, ends *endings) {
	known := make(map[*types.Func]summary.Summary)
	if evidence != nil {
		acquisitions := NewAcquisitions(evidence)
		for _, fn := range evidence.Functions() {
			if obj, ok := fn.Object().(*types.Func); ok && obj.Exported() {
				s := evidence.Summary(fn)
				s.Acquires = exported(acquisitions.Of(fn), fn)
				known[obj] = s
			}
		}
	}
	for _, obj := range ends.declared() {
		s := known[obj]
		s.Ending = ends.of(obj)
		if s.Normalize(); obj.Exported() && !s.Empty() {
			pass.ExportObjectFact(obj, &summary.Fact{Code: s.Encode()})
		}
	}
}

// exported returns the acquisitions that happen whatever the fields and
// parameters say that are tested on the way: their callers elsewhere know
// nothing of these.
func exported(list []Acquisition, fn *ssa.Function) []effect.Acquisition {
	var known []effect.Acquisition
	for _, a := range list {
		if a.Mode == Once || a.Inner || len(a.Guards) > 0 {
			continue
		}
		lock, ok := sharing.FormalLock(sharing.Lock{Place: a.Lock, Shared: a.Mode == Shared}, fn)
		if ok {
			known = append(known, effect.Acquisition{Lock: lock, Via: a.path()})
		}
	}
	return known
}
