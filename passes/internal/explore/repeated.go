package explore

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// A command does its work in functions that main calls again and again: for
// each file, each address, each request. The budget of main is often gone before
// they have been seen on all schedules, or its paths are cut short in its loops,
// and what they leave behind each time adds up while the command runs. So they
// are explored by themselves, as functions are that code outside calls.

// maxRepeated bounds their number.
const maxRepeated = 4

// repeated lists entries for the functions that main calls in loops, itself or by
// others, and that start goroutines, if it wasn't seen whole.
func repeated(entries []*Entry, done []Stats) []*Entry {
	if len(entries) == 0 || entries[0].Kind != Main {
		return nil
	}
	main := entries[0]
	if !slices.ContainsFunc(done, func(s Stats) bool { return s.Entry == main.Name && (s.OutOfBudget || 2*s.Truncated > s.Paths) }) {
		return nil
	}
	r := &repeats{pkg: main.Func.Pkg, seen: make(map[*ssa.Function]bool)}
	r.follow(main.Func, false)
	return r.entries()
}

type repeats struct {
	pkg  *ssa.Package
	seen map[*ssa.Function]bool
	list []*ssa.Function // those called in loops
	all  []*ssa.Function // that main comes to by calls, with their literals
}

// follow notes what a function calls by name, and whether it does so in a loop.
// What those call in turn isn't followed any further for loops.
func (r *repeats) follow(fn *ssa.Function, again bool) {
	r.all = append(append(r.all, fn), fn.AnonFuncs...)
	for _, b := range fn.Blocks {
		inLoop := program.LoopAround(b) != nil
		for _, instr := range b.Instrs {
			call, ok := instr.(*ssa.Call)
			if !ok {
				continue
			}
			callee := call.Call.StaticCallee()
			if callee == nil || callee.Pkg != r.pkg || callee.Parent() != nil || callee.Blocks == nil || len(callee.TypeArgs()) > 0 || r.seen[callee] {
				continue
			}
			r.seen[callee] = true
			if inLoop && !again {
				r.list = append(r.list, callee)
			}
			r.follow(callee, again || inLoop)
		}
	}
}

// entries are those of the functions that start goroutines. One side of a race
// may hold what the caller holds.
func (r *repeats) entries() []*Entry {
	spawns := spawners(r.all)
	var list []*Entry
	for _, fn := range r.list {
		if spawns[fn] && !isExported(fn) && len(list) < maxRepeated {
			list = append(list, &Entry{Name: fn.RelString(r.pkg.Pkg), Func: fn, Kind: Spawn, library: true, value: true})
		}
	}
	return list
}
