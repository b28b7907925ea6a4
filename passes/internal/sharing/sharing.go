// Package sharing collects, for the functions of one package, the evidence
// on maps that goroutines share: who uses which map, in which goroutine,
// holding which locks, and what is ordered by what. It judges nothing.
//
// The parts, each a file or two:
//
//	place.go                 names of locations: s.mu, results, registry.byName
//	resolve.go, assigned.go  which place an SSA value is
//	source.go, access.go     uses of maps, and their syntax
//	unboxed.go               maps passed to what prints anything
//	variable.go, value.go    uses of variables, and of values with a contract, in the place of maps
//	container.go             objects that are nothing but data
//	load.go                  maps loaded from a field before they are used
//	held.go, lockflow.go     locks held at each point (may and must)
//	token.go                 channels used as locks
//	owned.go, initialize.go  objects that only one function knows yet
//	sync.go, order.go        signals, joins, and what can run after a spawn
//	awaited.go, phase.go     goroutines whose starter waits, and what comes after
//	invoke.go, footprint.go  what a function calls, and does with goroutines
//	implementation.go        methods behind interfaces that have one implementation
//	meeting.go               where goroutines wait for one another
//	asktext.go               methods that are called for their text
//	walk.go, dead.go         what it does to maps, its callees included
//	imported.go              what other packages' summaries say, and what this one's say
//	entry.go, callgraph.go   where goroutines begin and who calls from outside
//	contract.go              what comments say about callers and locks
//	object.go, around.go     objects of servers and of methods; what surrounds an instruction
//	samegoroutine.go         what runs on the goroutine of a function
//	ground.go                what all evidence on a package has in common
//	pair.go, use.go          the evidence: concurrent pairs, uses per location
//
// Everything is bounded by one package: what other packages do is known from
// package model, their summaries or not at all. Calls of unknown function values aren't
// followed, nor are those of interface methods that several types have. The functions of recursion are looked
// through once. What is unknown is left out, so that a judgement on this
// evidence misses mistakes rather than inventing them.
package sharing

import (
	"go/ast"
	"go/types"
	"maps"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// Evidence is what is known about one package.
type Evidence struct {
	pass    *analysis.Pass
	funcs   []*ssa.Function
	builder *builder
	*ground
	effects      map[*Spawn][]Effect         // of goroutines, see baseEffects
	publications map[ssa.Value][]Publication // of objects
	above        map[*ssa.Function]Held      // by callers, see Uses
	alones       map[*types.TypeName]bool    // types of one goroutine, nil until they are asked for
	counted      map[*types.Var]*count       // numbers that atomics count, nil until they are asked for
	aloneMethods []*types.Func               // methods of interfaces that aren't called concurrently, found with alones
	stores       map[*ssa.Global][]*ssa.Store
	hooked       map[*ssa.Function][]Hook // see hooks
	backs        map[*ssa.Function]bool   // see calledBack
	alone        []*ast.CommentGroup      // see aloneComments; like stores, made at the first need
}

// Collect prepares the evidence on the package, whose SSA form it needs. Of
// other packages it knows what package model says.
func Collect(pass *analysis.Pass, prog *program.Program) *Evidence {
	return CollectWith(pass, prog, nil)
}

// CollectWith is Collect with summaries of what functions of other packages
// do.
func CollectWith(pass *analysis.Pass, prog *program.Program, imports Imports) *Evidence {
	g := groundOf(pass, prog, imports)
	places := newPlaces(g.closures)
	e := &Evidence{pass: pass, funcs: prog.Functions(), ground: g, effects: make(map[*Spawn][]Effect), publications: make(map[ssa.Value][]Publication), above: make(map[*ssa.Function]Held), hooked: make(map[*ssa.Function][]Hook)}
	e.builder = &builder{
		pkg:     pass.Pkg,
		methods: e.methodsByName(),
		places:  places,
		locks: &locks{
			places:  places,
			imports: imports,
			funcs:   e.funcs,
			tokens:  make(map[*ssa.Function]map[*Place]bool),
			flows:   make(map[*ssa.Function]*lockFlow),
		},
		owners: &owners{
			places:  places,
			results: make(map[result]bool),
			values:  make(map[ssa.Value]bool),
		},
		accesses:   &accesses{places: places, source: g.source},
		footprints: make(map[*ssa.Function]*Footprint),
		onlyCalled: maps.Clone(g.called),
		itemsOf:    make(map[*ssa.Function][]item),
		detached:   make(map[*ssa.UnOp]bool),
		passings:   make(map[passing]*Access),
		taken:      make(map[ssa.Value]*ssa.Lookup),
		conditions: make(map[*ssa.Function]map[*ssa.BasicBlock]ssa.Value),
	}
	return e
}

// Functions returns the functions of the package in source order, literals
// included.
func (e *Evidence) Functions() []*ssa.Function { return e.funcs }
