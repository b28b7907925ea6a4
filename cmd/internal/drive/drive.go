// Package drive is the driver for people: it loads the packages of the
// user's own module from source against the go command's export data for
// everything else, runs the suite over them bottom-up and in parallel, and
// returns findings in a fixed order.
//
// # How a run goes
//
// One call of go list gives the graph of packages and their test variants
// (list.go). Our own packages are those that the patterns match, those of
// the main modules, and whatever lies between two of them (graph.go); they
// are parsed and type-checked here (source.go, typecheck.go) and never
// compiled. For what they import from elsewhere a second call gives export
// data (export.go). Packages are worked on in one order as far as imports
// allow (schedule.go): types first, then facts, then importers are let go,
// then checks (analyze.go, facts.go). Diagnostics become findings
// (convert.go), what can't be analysed becomes problems (problems.go).
//
// # What earlier runs have found
//
// With a store, the first thing that is asked is whether anything has to be
// done at all (recall.go). The outcome of each node lies there (entry.go)
// under the hash of all that it depends on (recipe.go): the files of the
// package (digest.go), the checks with their flags, the versions of packages
// outside (outside.go), and of own packages that it imports the exported types
// and the facts (factset.go), without positions. If all nodes are recalled,
// nothing is parsed and the go command isn't called again. Otherwise only what
// isn't there is analysed, bottom-up, and each node is asked for once more
// when its imports are done: where a change can't be seen, it ends. Of
// recalled packages that are imported the declarations are read.
//
// The answer is the same as without a store. What is in doubt isn't kept:
// packages with problems, and anything once a file has changed while it was
// being read.
//
// # Test variants
//
// A package with tests of its own, p, is analysed as the variant
// "p [p.test]", which holds all its files; p itself is type-checked only as
// far as others import it, without function bodies unless an analyzer has
// facts. Intermediate variants, "q [p.test]", are rebuilt for the external
// tests that see them and never analysed again.
package drive

import (
	"context"
	"errors"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/store"
)

// Options say what to analyse and how.
type Options struct {
	Dir       string               // where patterns are meant; "" for the working directory
	Patterns  []string             // package patterns as the go command's; none means "."
	Tags      string               // build tags, comma-separated
	Tests     bool                 // analyse test files too
	Analyzers []*analysis.Analyzer // the checks to run, in the order of the suite
	Overlay   map[string][]byte    // contents of files by absolute path, in place of the disk's
	Progress  func(Progress)       // told about each package that is done; may be nil; calls don't overlap
	Begin     func(pkg string)     // told about each package that work begins on; may be nil; as Progress
	Store     *store.Store         // what is known from earlier runs; nil for none
	Memory    uint64               // bytes beyond which packages wait for others; 0 for no limit
	Explain   bool                 // say in the result why packages were analysed
	Measure   bool                 // say in the result what each analyzer costs; they run one at a time then
}

// Progress says how far a run has come.
type Progress struct {
	Done, Total int
	Package     string // import path of the package just finished
}

// A Result is what a run found.
type Result struct {
	Findings []finding.Finding // sorted, each once; hidden ones included and marked
	Problems []finding.Problem // sorted: what could not be analysed
	Packages []string          // import paths of the packages analysed, sorted; a package and its tests are one
	Stored   int               // those of them whose results come from the store
	Counters []Counters        // by package
	Visits   []Visit           // what was done with each package and test variant, if asked for
	Costs    []Cost            // of each analyzer on each package, if asked for

	// Folders are those of the packages that the run is about, and of all that
	// these import, which lie neither in the Go installation nor in the module
	// cache; sorted. What changes in none of them changes nothing.
	Folders []string

	// Unchecked are the files of packages that were to be analysed and don't
	// compile: that nothing is found in them says nothing.
	Unchecked []string
}

// Counters are what analyzers counted on one package, for -debug.
type Counters struct {
	Package string
	Lines   map[string][]string // by analyzer
}

// A Visit says what was done with a package or test variant.
type Visit struct {
	Package string   // as the go command names it
	Stored  bool     // its results come from the store
	Why     []string // otherwise: what has changed
}

// Errors for runs in which nothing could be analysed. Their text says what
// to do; the command prints it after its own name and exits with 2.
var (
	ErrNoGo      = errors.New("the go command was not found: install Go from https://go.dev/dl or put it on your PATH")
	ErrNoModule  = errors.New("not inside a Go module: change to a module's directory, use -C dir, or run go mod init")
	ErrNoMatches = errors.New("no packages match")
)

// Run loads and analyses. The error says why nothing at all could be done;
// what hinders one package is a Problem, and the others are analysed. When
// ctx is done, Run returns what is known by then beside the context's error.
func Run(ctx context.Context, opts Options) (*Result, error) {
	if err := analysis.Validate(opts.Analyzers); err != nil {
		return nil, err
	}
	holdBallast(opts.Memory)
	overlay, cleanup, err := overlayFiles(opts.Overlay)
	if err != nil {
		return nil, err
	}
	defer cleanup()
	loaded, err := load(ctx, opts, overlay)
	if ctx.Err() != nil {
		return &Result{}, ctx.Err()
	}
	if err != nil {
		return nil, err
	}
	r := newRun(ctx, opts, loaded)
	if !r.recallAll(ctx) {
		if err := r.analyze(ctx); err != nil {
			return nil, err
		}
	}
	return r.result(), ctx.Err()
}
