package differential

import (
	"flag"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/tools/go/ssa"
	"golang.org/x/tools/go/ssa/ssautil"

	"github.com/goconclint/goconclint/passes/internal/explore"
)

var (
	seed  = flag.Uint64("programs.seed", 1, "seed of the generated programs")
	count = flag.Int("programs.count", 1000, "how many programs to generate")
	runs  = flag.Int("programs.runs", 40, "how often each of them is run")
	write = flag.String("programs.write", "", "write the programs to this file")
)

// more is how often a program is run in search of something that the engine
// found and that no run has shown yet.
const more = 2000

// budget is ample, so that the comparison is about what the engine believes
// and not about what it had time for.
var budget = explore.Budget{States: 20_000, Steps: 400_000, Quiet: 20_000, Bound: 3}

func TestEngineAgreesWithReality(t *testing.T) {
	programs, asRead, asRun := Generate(*seed, *count)
	if *write != "" {
		if err := os.WriteFile(*write, []byte(asRead), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	start := time.Now()
	r := build(t, asRun)
	outcomes := newOutcomes(len(programs))
	r.run(t, outcomes, 0, len(programs), 0, *runs)
	ran := time.Now()
	pkg, fset := load(t, asRead)
	var racy, stuck, panics, out, disagree, steps int
	for i, p := range programs {
		o := outcomes[i]
		racy += min(1, len(o.races))
		stuck += min(1, len(o.stuck))
		panics += min(1, len(o.panics))
		result := explore.Explore(pkg, []*explore.Entry{{Name: p.Name, Func: pkg.Func(p.Name), Kind: explore.Test}}, budget)
		for _, err := range result.Errors {
			t.Error(err)
		}
		found := eventsOf(result, fset)
		cut := false
		for _, s := range result.Entries {
			steps += s.Steps
			cut = cut || s.OutOfBudget || s.Truncated > 0
		}
		if cut {
			out++
		}
		unconfirmed := found.unconfirmed(o, r.raced)
		if len(unconfirmed) > 0 {
			r.run(t, outcomes, i, i+1, *runs, *runs+more)
			unconfirmed = found.unconfirmed(o, r.raced)
		}
		missed := o.missing(found)
		if len(unconfirmed)+len(missed) > 0 {
			disagree++
			t.Errorf("%s (line %d, cut %v): missed %v, unconfirmed %v", p.Name, p.First, cut, missed, unconfirmed)
		}
	}
	t.Logf("%d programs: %d racy, %d stuck, %d panic; %d cut; %d disagree; runs %v, exploration %v, %d steps",
		len(programs), racy, stuck, panics, out, disagree, ran.Sub(start), time.Since(ran), steps)
}

// load type-checks the programs and builds their SSA form.
func load(t *testing.T, asRead string) (*ssa.Package, *token.FileSet) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, "programs.go", asRead, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	config := &types.Config{Importer: importer.ForCompiler(fset, "gc", nil), GoVersion: "go1.26"}
	pkg, _, err := ssautil.BuildPackage(config, fset, types.NewPackage("programs", "main"), []*ast.File{file}, ssa.InstantiateGenerics)
	if err != nil {
		t.Fatal(err)
	}
	return pkg, fset
}

// events are an engine's findings, as a run would show them.
type events struct {
	races  map[pair]bool
	sync   map[pair]bool // those of them that are misuse of a channel or WaitGroup
	stuck  [][]int
	panics map[int]explore.Kind
}

func eventsOf(r *explore.Result, fset *token.FileSet) *events {
	e := &events{races: make(map[pair]bool), sync: make(map[pair]bool), panics: make(map[int]explore.Kind)}
	for _, f := range r.Findings {
		var lines []int
		for _, o := range f.Ops {
			lines = append(lines, fset.Position(o.Pos).Line)
		}
		switch f.Kind {
		case explore.KindRace, explore.KindMapRace:
			e.races[pairOf(lines[0], lines[1])] = true
		case explore.KindSyncRace:
			e.races[pairOf(lines[0], lines[1])] = true
			e.sync[pairOf(lines[0], lines[1])] = true
		case explore.KindSendClosed, explore.KindDoubleClose, explore.KindCloseNil, explore.KindNegative, explore.KindUnlock:
			e.panics[lines[0]] = f.Kind
		case explore.KindHeld: // the second one is the lock that was taken
			e.stuck = append(e.stuck, lines[:1])
		default:
			e.stuck = append(e.stuck, lines)
		}
	}
	return e
}

// unconfirmed lists the findings that no run has shown.
func (e *events) unconfirmed(o *outcome, raced bool) []string {
	var list []string
	for _, p := range sortedPairs(e.races) {
		if raced && !o.races[p] && !(e.sync[p] && o.races[unknown]) {
			list = append(list, fmt.Sprintf("race %v", p))
		}
	}
	for _, lines := range e.stuck {
		if !o.stuckAt(lines) {
			list = append(list, fmt.Sprintf("stuck %v", lines))
		}
	}
	for line, kind := range e.panics {
		if o.panics[line] == "" {
			list = append(list, fmt.Sprintf("%s %d", kind, line))
		}
	}
	slices.Sort(list)
	return list
}

// missing lists what happened and the engine didn't find.
func (o *outcome) missing(e *events) []string {
	var list []string
	for _, p := range sortedPairs(o.races) {
		if !e.races[p] && !(p == unknown && len(e.sync) > 0) {
			list = append(list, fmt.Sprintf("race %v", p))
		}
	}
	for _, where := range o.stuck {
		found := slices.ContainsFunc(e.stuck, func(lines []int) bool {
			return slices.ContainsFunc(lines, func(line int) bool { return slices.Contains(where, line) })
		})
		if !found {
			list = append(list, fmt.Sprintf("stuck %v", where))
		}
	}
	for line, what := range o.panics {
		if e.panics[line] == "" {
			list = append(list, fmt.Sprintf("panic %d %s", line, strings.TrimSpace(what)))
		}
	}
	slices.Sort(list)
	return list
}

func sortedPairs(set map[pair]bool) []pair {
	list := make([]pair, 0, len(set))
	for p := range set {
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b pair) int { return slices.Compare(a[:], b[:]) })
	return list
}
