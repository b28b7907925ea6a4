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
	src := Generate(*seed, *count)
	if *write != "" {
		if err := os.WriteFile(*write, []byte(src.Plain()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	start := time.Now()
	c := &comparison{src: src, real: build(t, src.Steered()), outcomes: newOutcomes(len(src.Programs))}
	built := time.Now()
	c.real.run(t, c.outcomes, 0, len(src.Programs), 0, *runs)
	ran := time.Now()
	c.explore(t)
	explored := time.Now()
	c.confirm(t)
	t.Logf("build %v, runs %v, exploration %v, %d steps, confirmation %v", built.Sub(start), ran.Sub(built), explored.Sub(ran), c.steps, time.Since(explored))
	c.judge(t)
}

// A comparison is that of some programs.
type comparison struct {
	src      *Source
	real     *reality
	outcomes []*outcome
	found    []*events
	steps    int
}

func (c *comparison) explore(t *testing.T) {
	pkg, fset := load(t, c.src.Plain())
	for _, p := range c.src.Programs {
		result := explore.Explore(pkg, []*explore.Entry{{Name: p.Name, Func: pkg.Func(p.Name), Kind: explore.Test}}, budget)
		for _, err := range result.Errors {
			t.Error(err)
		}
		found := eventsOf(result, fset)
		for _, s := range result.Entries {
			c.steps += s.Steps
			found.cut = found.cut || s.OutOfBudget || s.Truncated > 0
		}
		c.found = append(c.found, found)
	}
}

// confirm looks for runs that show what was found and not seen yet: by runs
// of programs in which nothing else races, and by more and more runs.
func (c *comparison) confirm(t *testing.T) {
	var focuses []Focus
	for i, found := range c.found {
		for _, p := range sortedPairs(found.races) {
			if c.real.raced && !c.outcomes[i].races[p] && !found.sync[p] {
				focuses = append(focuses, Focus{i, p})
			}
		}
	}
	if len(focuses) > 0 {
		alone := newOutcomes(len(focuses))
		focused := build(t, c.src.Focused(focuses))
		focused.run(t, alone, 0, len(focuses), 0, *runs)
		for i, f := range focuses {
			for n := *runs; n < more && !alone[i].races[f.Lines]; n *= 4 {
				focused.run(t, alone, i, i+1, n, n*4)
			}
			if alone[i].races[f.Lines] {
				c.outcomes[f.Program].races[f.Lines] = true
			}
		}
	}
	for i, found := range c.found {
		for n := *runs; n < more && len(found.unconfirmed(c.outcomes[i], c.real.raced)) > 0; n *= 4 {
			c.real.run(t, c.outcomes, i, i+1, n, n*4)
		}
	}
}

func (c *comparison) judge(t *testing.T) {
	var racy, stuck, panics, cut, disagree int
	for i, p := range c.src.Programs {
		o, found := c.outcomes[i], c.found[i]
		racy += min(1, len(o.races))
		stuck += min(1, len(o.stuck))
		panics += min(1, len(o.panics))
		unconfirmed, missed := found.unconfirmed(o, c.real.raced), o.missing(found, c.src)
		if found.cut {
			cut++
		}
		if len(unconfirmed)+len(missed) > 0 {
			disagree++
			t.Errorf("%s (line %d, cut %v): missed %v, unconfirmed %v", p.Name, p.First, found.cut, missed, unconfirmed)
		}
	}
	t.Logf("%d programs: %d racy, %d stuck, %d panic; %d cut; %d disagree",
		len(c.src.Programs), racy, stuck, panics, cut, disagree)
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
	races  map[[2]int]bool
	sync   map[[2]int]bool // those of them that are misuse of a channel or WaitGroup
	stuck  [][]int
	panics map[int]explore.Kind
	cut    bool // not all schedules were explored
}

func eventsOf(r *explore.Result, fset *token.FileSet) *events {
	e := &events{races: make(map[[2]int]bool), sync: make(map[[2]int]bool), panics: make(map[int]explore.Kind)}
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
func (o *outcome) missing(e *events, src *Source) []string {
	var list []string
	for _, p := range sortedPairs(o.races) {
		if !e.touches(p) && !src.ofGroup(p) {
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
		if !e.panicked(kindOf(what)) {
			list = append(list, fmt.Sprintf("panic %d %s", line, strings.TrimSpace(what)))
		}
	}
	slices.Sort(list)
	return list
}

// ofGroup reports whether a race is on the memory of a WaitGroup: of an Add
// that begins a round and a Wait. Which Add begins one depends on an order
// that the engine doesn't vary, so these aren't asked for.
func (s *Source) ofGroup(p [2]int) bool {
	return p == unknown || slices.ContainsFunc(s.shared(p), func(name string) bool { return strings.HasPrefix(name, "wg") })
}

// kindOf returns the kind of a panic by its message.
func kindOf(what string) explore.Kind {
	switch {
	case strings.Contains(what, "send on closed"):
		return explore.KindSendClosed
	case strings.Contains(what, "close of closed"):
		return explore.KindDoubleClose
	case strings.Contains(what, "negative WaitGroup"):
		return explore.KindNegative
	}
	return ""
}

// panicked reports whether a kind of panic was found. (Which of two calls of
// Done is the one too many depends on their order, which the engine doesn't
// vary.)
func (e *events) panicked(kind explore.Kind) bool {
	for _, k := range e.panics {
		if k == kind {
			return true
		}
	}
	return false
}

// touches reports whether a race was found that has a line in common with
// one that happened.
func (e *events) touches(p [2]int) bool {
	for q := range e.races {
		if q[0] == p[0] || q[0] == p[1] || q[1] == p[0] || q[1] == p[1] {
			return true
		}
	}
	return false
}

func sortedPairs(set map[[2]int]bool) [][2]int {
	list := make([][2]int, 0, len(set))
	for p := range set {
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b [2]int) int { return slices.Compare(a[:], b[:]) })
	return list
}
