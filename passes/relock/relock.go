package relock

import (
	_ "embed"
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/explore"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

//go:embed doc.go
var source string

// Analyzer reports locks taken again by the goroutine that holds them.
var Analyzer = &analysis.Analyzer{
	Name:     "relock",
	Doc:      doc.Must(source, "relock"),
	URL:      doc.URL("relock"),
	Requires: []*analysis.Analyzer{report.Requires, summarize.Analyzer, verdicts.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	var found []report.Finding
	var j *judge
	known := pass.ResultOf[summarize.Analyzer].(*summarize.Result)
	if known.ConcernsLocks() || match.UsesOnce(pass) {
		evidence := known.Evidence()
		j = &judge{
			evidence:     evidence,
			acquisitions: summarize.NewAcquisitions(evidence),
			wording:      wording{pass, evidence},
		}
		j.findWriters()
		for _, fn := range evidence.Functions() {
			j.judge(fn)
		}
		for _, verdict := range j.verdicts {
			found = append(found, j.wording.finding(verdict))
		}
	}
	verdicts.Join(pass, reporter, found, func(v *verdicts.Verdict) (report.Finding, bool) {
		return report.Finding{Range: v.Ops[0].Range, Message: scheduled(v), Low: v.Assumes}, j == nil || !j.waitsForOther(v.Ops[0].Range, v.Client)
	})
	reporter.Flush()
	return nil, nil
}

// scheduled words what only exploration sees.
func scheduled(v *verdicts.Verdict) string {
	op := &v.Ops[0]
	lock := op.Name
	if lock == "" {
		lock = "the lock"
	}
	if v.Kind == explore.KindOnce {
		return fmt.Sprintf("%s is called inside the function that it runs: it waits for itself", lock)
	}
	if len(v.Ops) > 1 {
		return fmt.Sprintf("%s is locked here by a goroutine that holds it, while another waits for it: a deadlock", lock)
	}
	return fmt.Sprintf("%s is locked here by the goroutine that holds it: it waits for itself", lock)
}
