package guardedby

import (
	_ "embed"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

//go:embed doc.go
var source string

// Analyzer reports guarded variables that are used without their lock.
var Analyzer = newAnalyzer()

// options holds the analyzer's flags.
type options struct {
	escape bool // what is returned from under its lock, whoever uses it
}

func newAnalyzer() *analysis.Analyzer {
	o := new(options)
	a := &analysis.Analyzer{
		Name:     "guardedby",
		Doc:      doc.Must(source, "guardedby"),
		URL:      doc.URL("guardedby"),
		Requires: []*analysis.Analyzer{report.Requires, summarize.Analyzer, verdicts.Analyzer},
		Run:      o.run,
	}
	a.Flags.BoolVar(&o.escape, "escape", false, "also report maps that are returned from under the lock that guards them, and slices that the package itself doesn't use so")
	return a
}

func (o *options) run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	known := pass.ResultOf[summarize.Analyzer].(*summarize.Result)
	if known.ConcernsLocks() || imports(pass.Pkg, "sync") {
		declared := declarations(pass)
		for _, f := range bareWrites(pass, declared) {
			reporter.Add(f)
		}
		if known.ConcernsLocks() {
			j := &judge{pass: pass, evidence: known.Evidence().OfVariables(declared.wanted), declared: declared}
			for _, f := range j.findings(o.escape) {
				reporter.Add(f)
			}
		}
	}
	reporter.Flush()
	return nil, nil
}

// isShown reports whether a race with a schedule says the same and how it
// happens.
func (j *judge) isShown(v verdict) bool {
	f := j.finding(v)
	return verdicts.Shown(j.pass, &f, "datarace", "mapguard")
}

// findings judges how the package uses what stands beside its locks.
func (j *judge) findings(escape bool) []report.Finding {
	var list []report.Finding
	locations, uses := j.evidence.Uses()
	j.changing, j.criticals, j.visits = changingFields(locations, uses), criticals(locations, uses), visits(locations, uses)
	j.parts = partsIn(locations, uses)
	for _, location := range locations {
		j.judge(location, uses[location])
	}
	for _, verdict := range j.byStatement(slices.DeleteFunc(j.verdicts, j.isShown)) {
		list = append(list, j.finding(verdict))
	}
	for _, breach := range j.breaches() {
		list = append(list, j.breachFinding(breach))
	}
	for _, escape := range j.escapes(escape) {
		list = append(list, j.escapeFinding(escape))
	}
	return list
}
