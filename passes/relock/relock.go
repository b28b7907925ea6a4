package relock

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

//go:embed doc.go
var source string

// Analyzer reports locks taken again by the goroutine that holds them.
var Analyzer = &analysis.Analyzer{
	Name:     "relock",
	Doc:      doc.Must(source, "relock"),
	URL:      doc.URL("relock"),
	Requires: []*analysis.Analyzer{report.Requires, program.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	if sharing.TakesLocks(pass) || match.UsesOnce(pass) {
		evidence := sharing.Collect(pass, pass.ResultOf[program.Analyzer].(*program.Program))
		j := &judge{
			evidence:     evidence,
			acquisitions: &acquisitions{evidence: evidence, known: make(map[*ssa.Function][]acquisition)},
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
