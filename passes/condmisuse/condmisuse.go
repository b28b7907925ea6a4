package condmisuse

import (
	_ "embed"
	"fmt"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

//go:embed doc.go
var source string

const name = "condmisuse"

// Analyzer reports Cond.Wait calls that nobody wakes.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{report.Requires, verdicts.Analyzer, summarize.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	verdicts.Join(pass, reporter, unwoken(pass), func(v *verdicts.Verdict) (report.Finding, bool) {
		op := &v.Ops[0]
		return report.Finding{Range: op.Range, Message: message(pass, op)}, true
	})
	reporter.Flush()
	return nil, nil
}

func message(pass *analysis.Pass, op *verdicts.Op) string {
	cond := op.Name
	if cond == "" {
		cond = "the condition"
	}
	if op.Spawn.IsValid() {
		return fmt.Sprintf("%s.Wait waits here for ever in the goroutine started at %s: no Signal or Broadcast follows",
			cond, verdicts.Place(pass, op.Spawn))
	}
	return cond + ".Wait waits here for ever: no Signal or Broadcast follows"
}
