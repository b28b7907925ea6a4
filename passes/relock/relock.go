package relock

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

//go:embed doc.go
var source string

// Analyzer reports locks taken again by the goroutine that holds them.
var Analyzer = &analysis.Analyzer{
	Name:     "relock",
	Doc:      doc.Must(source, "relock"),
	URL:      doc.URL("relock"),
	Requires: []*analysis.Analyzer{report.Requires, summarize.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	known := pass.ResultOf[summarize.Analyzer].(*summarize.Result)
	if known.ConcernsLocks() || match.UsesOnce(pass) {
		evidence := known.Evidence()
		j := &judge{
			evidence:     evidence,
			acquisitions: summarize.NewAcquisitions(evidence),
			wording:      wording{pass, evidence},
		}
		j.findWriters()
		for _, fn := range evidence.Functions() {
			j.judge(fn)
		}
		for _, verdict := range j.verdicts {
			reporter.Add(j.wording.finding(verdict))
		}
	}
	reporter.Flush()
	return nil, nil
}
