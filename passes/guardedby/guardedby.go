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
var Analyzer = &analysis.Analyzer{
	Name:     "guardedby",
	Doc:      doc.Must(source, "guardedby"),
	URL:      doc.URL("guardedby"),
	Requires: []*analysis.Analyzer{report.Requires, summarize.Analyzer, verdicts.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
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
	}
	reporter.Flush()
	return nil, nil
}
