package guardedby

import (
	_ "embed"

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
	if known := pass.ResultOf[summarize.Analyzer].(*summarize.Result); known.ConcernsLocks() {
		declared := declarations(pass)
		evidence := known.Evidence().OfVariables(declared.wanted)
		j := &judge{pass: pass, evidence: evidence, declared: declared}
		locations, uses := evidence.Uses()
		j.changing = changingFields(locations, uses)
		for _, location := range locations {
			j.judge(location, uses[location])
		}
		for _, verdict := range j.verdicts {
			// A race with a schedule says the same and how it happens.
			if f := j.finding(verdict); !verdicts.Shown(pass, &f, "datarace", "mapguard") {
				reporter.Add(f)
			}
		}
		for _, breach := range j.breaches() {
			reporter.Add(j.breachFinding(breach))
		}
		for _, escape := range j.escapes(o.escape) {
			reporter.Add(j.escapeFinding(escape))
		}
	}
	reporter.Flush()
	return nil, nil
}
