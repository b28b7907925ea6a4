package sharing

import (
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// A ground is what all evidence on a package stands on. Checks collect
// evidence of their own, since what they ask leaves traces in it by which
// later answers, of recursive functions say, may differ. What is never written
// once it is made they share.
type ground struct {
	source   *source
	closures map[*ssa.Function]*ssa.MakeClosure
	calls    *callGraph
	called   map[ssa.Value]bool // function values that the call graph asked about, see onlyCalled
	wants    sync.Map           // *ssa.Function to bool, see wantsLock
}

// groundKey tells apart evidence with summaries of other packages and without.
type groundKey struct{ imports bool }

// groundOf returns the ground of the package.
func groundOf(pass *analysis.Pass, prog *program.Program, imports Imports) *ground {
	return prog.Derived(groundKey{imports != nil}, func() any {
		funcs := prog.Functions()
		g := &ground{source: newSource(pass.TypesInfo, pass.Files), closures: closuresOf(funcs), called: make(map[ssa.Value]bool)}
		b := &builder{places: newPlaces(g.closures), locks: &locks{imports: imports}, onlyCalled: g.called}
		g.calls = newCallGraph(b, funcs)
		return g
	}).(*ground)
}

// closuresOf returns where function literals become values.
func closuresOf(funcs []*ssa.Function) map[*ssa.Function]*ssa.MakeClosure {
	closures := make(map[*ssa.Function]*ssa.MakeClosure)
	for _, fn := range funcs {
		eachInstr(fn, func(instr ssa.Instruction) {
			if closure, ok := instr.(*ssa.MakeClosure); ok {
				closures[closure.Fn.(*ssa.Function)] = closure
			}
		})
	}
	return closures
}
