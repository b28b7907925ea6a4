package explore

import (
	"errors"
	"fmt"
	"go/token"
	"maps"
	"reflect"
	"runtime/debug"
	"sort"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// Analyzer explores the package and serves its findings to the checks.
var Analyzer = newAnalyzer()

func newAnalyzer() *analysis.Analyzer {
	a := &analysis.Analyzer{
		Name:       "explore",
		Doc:        "run the package on an abstract machine, on every schedule within a bound",
		Requires:   []*analysis.Analyzer{program.Analyzer},
		ResultType: reflect.TypeFor[*Result](),
	}
	chosen := budgetFlag("default")
	a.Flags.Var(&chosen, "budget", "quick, default or thorough")
	a.Run = func(pass *analysis.Pass) (any, error) { return run(pass, budgets[string(chosen)]) }
	return a
}

// A budgetFlag is the name of a budget. Drivers that keep results ask it for
// its value, which these depend on.
type budgetFlag string

func (f *budgetFlag) String() string { return string(*f) }

// Set takes one of the three names.
func (f *budgetFlag) Set(name string) error {
	if _, ok := budgets[name]; !ok {
		return errors.New("want quick, default or thorough")
	}
	*f = budgetFlag(name)
	return nil
}

func run(pass *analysis.Pass, budget Budget) (any, error) {
	if !hasConcurrency(pass) {
		return &Result{}, nil
	}
	prog := pass.ResultOf[program.Analyzer].(*program.Program)
	pkg := prog.Package()
	entries := append(Entries(pkg, prog.Functions()), Clients(pkg, prog.Functions())...)
	result := Explore(pkg, entries, budget)
	result.cover(prog.Functions())
	return result, nil
}

// A Result is what exploration found in a package.
type Result struct {
	Findings []*Finding // by position
	Entries  []Stats    // in the order of exploration
	Skipped  []string   // entries that nothing was left for
	Errors   []error    // internal errors, one an entry at most

	Functions int // of the package, those with bodies
	Entered   int // of these, by some path of an entry
	entered   map[token.Pos]bool
}

// Failures returns the internal errors, for drivers.
func (r *Result) Failures() []error { return r.Errors }

// Explore explores the entries of a package.
func Explore(pkg *ssa.Package, entries []*Entry, budget Budget) *Result {
	if len(entries) == 0 {
		return new(Result)
	}
	plan, err := newPlan(pkg, budget)
	if err != nil {
		return &Result{Errors: []error{err}}
	}
	written, clients := apart(entries)
	plan.spend(written, budget)
	plan.spend(repeated(written, plan.result.Entries), budget)
	plan.clients(clients, budget)
	plan.result.Findings = sorted(plan.found)
	return plan.result
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
			err = &InternalError{In: e.Name, Value: fmt.Sprint(r), Stack: string(debug.Stack())}
		}
	}()
	m.runEntry(e, base)
	return nil
}

// An InternalError is a panic of the machine.
type InternalError struct {
	In    string // the entry that it explored
	Value string
	Stack string
}

func (e *InternalError) Error() string {
	return fmt.Sprintf("exploration of %s failed: %s", e.In, e.Value)
}

// Detail returns what helps to find the cause.
func (e *InternalError) Detail() string { return e.Stack }

func (m *machine) prepare() (st *state, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = &InternalError{In: "init", Value: fmt.Sprint(r), Stack: string(debug.Stack())}
		}
	}()
	m.base = m.initialise(Budget{Steps: 100_000, States: 100, Quiet: 100_000})
	m.nameGlobals()
	m.firstOwn = objID(len(m.names.list))
	m.before = interned{len(m.names.list), len(m.syms.all), len(m.gids.table), maps.Clone(m.sides)}
	return m.base, nil
}
