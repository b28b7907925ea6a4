package hotness

import (
	"reflect"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/directive"
	"github.com/goconclint/goconclint/passes/hotprofile"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// Analyzer serves the [Result] of a package. All checks that ask what is hot
// require it and share its flag for the profile.
var Analyzer = newAnalyzer()

// profileFlag is the name of the flag, here and in checks.
const profileFlag = "profile"

func newAnalyzer() *analysis.Analyzer {
	ref := new(hotprofile.Ref)
	a := &analysis.Analyzer{
		Name:       "hotness",
		Doc:        "say which code of a package runs often",
		Requires:   []*analysis.Analyzer{program.Analyzer},
		ResultType: reflect.TypeFor[*Result](),
	}
	a.Flags.Var(ref, profileFlag, "")
	a.Run = func(pass *analysis.Pass) (any, error) {
		prog, _ := pass.ResultOf[program.Analyzer].(*program.Program)
		return &Result{pass: pass, options: Options{NoReturn: prog.NoReturn, Measured: measure(pass, ref.Profile())}}, nil
	}
	return a
}

// AddLoopsFlag gives a check the flag that makes loops hot, for [Result.Regions].
func AddLoopsFlag(a *analysis.Analyzer, loops *bool) {
	a.Flags.BoolVar(loops, "loops", false, "loops of benchmarks and of request handlers are hot, too, with what they call")
}

// AddProfileFlag gives a check the flag for the profile. It is one flag for
// all of them: what is hot for one is hot for the others.
func AddProfileFlag(a *analysis.Analyzer) {
	a.Flags.Var(Analyzer.Flags.Lookup(profileFlag).Value, profileFlag,
		"CPU or allocation profile, `file` or file@sha256:hash, whose hot lines count as marked; one for all checks of the group")
}

// A Result knows what is hot in one package.
type Result struct {
	pass    *analysis.Pass
	options Options
}

// Of returns what the analyzer found for the pass of a check that requires it.
func Of(pass *analysis.Pass) *Result {
	r, _ := pass.ResultOf[Analyzer].(*Result)
	return r
}

// Regions returns what [Find] does, with or without the loops of benchmarks
// and handlers.
func (r *Result) Regions(loops bool) []Region {
	options := r.options
	options.Loops = loops
	return Find(r.pass, options)
}

// Price says what memory costs at and below the line, as a remark for the end
// of a message: nothing without a profile.
func (r *Result) Price(rng analysis.Range) string { return r.options.Measured.price(rng) }

// Worth reports whether a profile shows that at least the given part of the
// whole goes into memory at and below the line.
func (r *Result) Worth(rng analysis.Range, share float64) bool {
	m := r.options.Measured
	c, ok := m.cost(rng)
	return ok && m.profile.MemoryShare(c.Cost) >= share
}

// SilencesLoops reports whether the package silences the check of the pass
// and holds loops that are hot in another run: then a comment that silences
// nothing in this one isn't to blame.
func (r *Result) SilencesLoops(pass *analysis.Pass) bool {
	index, _ := pass.ResultOf[directive.Analyzer].(*directive.Index)
	return len(index.Naming(pass.Analyzer.Name)) > 0 && len(r.Regions(true)) > len(r.Regions(false))
}
