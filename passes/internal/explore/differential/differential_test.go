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
	known = flag.String("programs.known", "", "don't run the programs, what happened stands in this file")
	quick = flag.Bool("programs.default", false, "explore with the default budget: what is missed then is what it costs")
	write = flag.String("programs.write", "", "write the programs to this file")
)

// more is how often a program is run in search of something that the engine
// found and that no run has shown yet.
const more = 2000

// budget is ample, so that the comparison is about what the engine believes
// and not about what it had time for.
func budget() explore.Budget {
	if *quick {
		return explore.Default
	}
	return explore.Budget{States: 20_000, Steps: 400_000, Quiet: 20_000, Bound: 3}
}

func TestEngineAgreesWithReality(t *testing.T) {
	src := Generate(*seed, programCount())
	if *write != "" {
		if err := os.WriteFile(*write, []byte(src.Plain()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c := &comparison{src: src}
	if *known != "" {
		c.recall(t)
		c.firstDisagreement(t)
		return
	}
	start := time.Now()
	c.real = build(t, src.Steered())
	c.outcomes = newOutcomes(len(src.Programs))
	built := time.Now()
	c.real.run(t, c.outcomes, 0, len(src.Programs), 0, *runs)
	ran := time.Now()
	c.explore(t)
	explored := time.Now()
	c.confirm(t)
	t.Logf("build %v, runs %v, exploration %v of %d steps, confirmation %v",
		built.Sub(start), ran.Sub(built), explored.Sub(ran), c.steps, time.Since(explored))
	c.judge(t)
	c.shares(t)
	if !t.Failed() {
		t.Run("faults", c.faults)
	}
}

// programCount is smaller in a short run.
func programCount() int {
	if testing.Short() {
		return min(*count, 150)
	}
	return *count
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
		c.exploreOne(t, pkg, fset, p.Name)
	}
}

func (c *comparison) exploreOne(t *testing.T, pkg *ssa.Package, fset *token.FileSet, name string) {
	result := explore.Explore(pkg, []*explore.Entry{{Name: name, Func: pkg.Func(name), Kind: explore.Test}}, budget())
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

// confirm looks for runs that show what was found and not seen yet: by runs
// of programs in which nothing else races, and by more and more runs.
func (c *comparison) confirm(t *testing.T) {
	var focuses []Focus
	for i, found := range c.found {
		for _, p := range sortedPairs(found.races) {
			if !c.outcomes[i].Unseen && !c.outcomes[i].Races[p] && !found.sync[p] {
				focuses = append(focuses, Focus{i, p})
			}
		}
	}
	if len(focuses) > 0 {
		alone := newOutcomes(len(focuses))
		focused := build(t, c.src.Focused(focuses))
		focused.run(t, alone, 0, len(focuses), 0, *runs)
		for i, f := range focuses {
			for n := *runs; n < more && !alone[i].Races[f.Lines]; n *= 4 {
				focused.run(t, alone, i, i+1, n, n*4)
			}
			if alone[i].Races[f.Lines] {
				c.outcomes[f.Program].Races[f.Lines] = true
			}
		}
	}
	for i, found := range c.found {
		for n := *runs; n < more && len(found.unconfirmed(c.outcomes[i])) > 0; n *= 4 {
			c.real.run(t, c.outcomes, i, i+1, n, n*4)
		}
	}
}

func (c *comparison) judge(t *testing.T) {
	var racy, stuck, panics, cut, disagree int
	for i, p := range c.src.Programs {
		o := c.outcomes[i]
		racy += min(1, len(o.Races))
		stuck += min(1, len(o.Stuck))
		panics += min(1, len(o.Panics))
		if c.found[i].cut {
			cut++
		}
		if d := c.disagreement(i); d != "" {
			disagree++
			t.Errorf("%s (line %d): %s", p.Name, p.First, d)
		}
	}
	t.Logf("%d programs: %d racy, %d stuck, %d panic; %d cut; %d disagree",
		len(c.src.Programs), racy, stuck, panics, cut, disagree)
}

// disagreement says in what the engine and reality disagree about a program,
// if they do.
func (c *comparison) disagreement(i int) string {
	o, found := c.outcomes[i], c.found[i]
	unconfirmed, missed := found.unconfirmed(o), o.missing(found, c.src)
	if len(unconfirmed)+len(missed) == 0 {
		return ""
	}
	return fmt.Sprintf("missed %v, unconfirmed %v, cut short: %v", missed, unconfirmed, found.cut)
}

// firstDisagreement explores until there is one.
func (c *comparison) firstDisagreement(t *testing.T) {
	pkg, fset := load(t, c.src.Plain())
	for i, p := range c.src.Programs {
		c.exploreOne(t, pkg, fset, p.Name)
		if d := c.disagreement(i); d != "" {
			t.Fatalf("%s disagrees: %s", p.Name, d)
		}
	}
}

// shares asserts that enough of the programs race and deadlock.
func (c *comparison) shares(t *testing.T) {
	racy, stuck := 0, 0
	for _, o := range c.outcomes {
		racy += min(1, len(o.Races))
		stuck += min(1, len(o.Stuck))
	}
	if c.real.raced && racy*5 < len(c.outcomes) {
		t.Errorf("only %d of %d programs race", racy, len(c.outcomes))
	}
	if stuck*5 < len(c.outcomes) {
		t.Errorf("only %d of %d programs deadlock", stuck, len(c.outcomes))
	}
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
