package explore

import (
	"fmt"
	"reflect"
	"runtime/debug"
	"sort"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// Analyzer explores the package and serves its findings to the checks.
var Analyzer = &analysis.Analyzer{
	Name:       "explore",
	Doc:        "run the package on an abstract machine, on every schedule within a bound",
	Requires:   []*analysis.Analyzer{program.Analyzer},
	ResultType: reflect.TypeFor[*Result](),
	Run:        run,
}

// A Result is what exploration found in a package.
type Result struct {
	Findings []*Finding // by position
	Entries  []Stats    // in the order of exploration
	Errors   []error    // internal errors, one an entry at most
}

// Stats says what the exploration of an entry came to.
type Stats struct {
	Entry         string
	Steps, States int
	Spawned       int // goroutines started, on all paths
	Covered       int // basic blocks entered for the first time
	Truncated     int // paths that a bound cut short
	OutOfBudget   bool
	Ended         map[string]int
}

func run(pass *analysis.Pass) (any, error) {
	if !hasConcurrency(pass) {
		return &Result{}, nil
	}
	prog := pass.ResultOf[program.Analyzer].(*program.Program)
	pkg := prog.Package()
	return Explore(pkg, Entries(pkg, prog.Functions()), Default), nil
}

// Explore explores the entries of a package one by one.
func Explore(pkg *ssa.Package, entries []*Entry, budget Budget) *Result {
	r := new(Result)
	if len(entries) == 0 {
		return r
	}
	ms := loadModels()
	if ms.err != nil {
		r.Errors = append(r.Errors, ms.err)
		return r
	}
	found := make(map[mistake]*Finding)
	m := newMachine(pkg, ms, budget)
	base, err := m.prepare()
	if err != nil {
		r.Errors = append(r.Errors, err)
		return r
	}
	for _, e := range entries {
		err := m.guarded(e, base)
		if err != nil {
			r.Errors = append(r.Errors, err)
		}
		for key, f := range m.found {
			if old := found[key]; old == nil || f.weight() < old.weight() {
				found[key] = f
			}
		}
		r.Entries = append(r.Entries, m.stats(e))
	}
	r.Findings = sorted(found)
	return r
}

func (m *machine) stats(e *Entry) Stats {
	return Stats{Entry: e.Name, Steps: m.allSteps, States: m.allStates, Spawned: m.spawned, Covered: m.covered,
		Truncated: m.truncations, OutOfBudget: m.states >= m.budget.States || m.steps >= m.budget.Steps, Ended: m.ended}
}

// sorted lists findings by position, kind and second position.
func sorted(found map[mistake]*Finding) []*Finding {
	keys := make([]mistake, 0, len(found))
	for key := range found {
		keys = append(keys, key)
	}
	sort.Slice(keys, func(i, j int) bool {
		a, b := keys[i], keys[j]
		if a.a != b.a {
			return a.a < b.a
		}
		if a.b != b.b {
			return a.b < b.b
		}
		return a.kind < b.kind
	})
	list := make([]*Finding, 0, len(keys))
	for _, key := range keys {
		list = append(list, found[key])
	}
	return list
}

// guarded explores one entry; a panic of the machine becomes an error, and
// the other entries still get their turn.
func (m *machine) guarded(e *Entry, base *state) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("explore: internal error in entry %s: %v\n%s", e.Name, r, debug.Stack())
		}
	}()
	m.runEntry(e, base)
	return nil
}

func (m *machine) prepare() (st *state, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("explore: internal error in the initialiser of %s: %v\n%s", m.pkg.Pkg.Path(), r, debug.Stack())
		}
	}()
	m.base = m.initialise(Budget{Steps: 100_000, States: 1, Quiet: 100_000})
	m.firstOwn = objID(len(m.names.list))
	return m.base, nil
}
