package lockblocked

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

const name = "lockblocked"

// Analyzer reports goroutines that wait while holding the lock that others need to wake them.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{report.Requires, verdicts.Analyzer, summarize.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	var found []report.Finding
	if known := pass.ResultOf[summarize.Analyzer].(*summarize.Result); known.ConcernsLocks() {
		found = withoutSchedule(pass, known.Evidence())
	}
	verdicts.Join(pass, reporter, found, func(v *verdicts.Verdict) (report.Finding, bool) {
		return report.Finding{Range: v.Ops[0].Range, Message: message(pass, v)}, true
	})
	reporter.Flush()
	return nil, nil
}

func message(pass *analysis.Pass, v *verdicts.Verdict) string {
	op, lock := &v.Ops[0], "a lock"
	if len(op.Locks) > 0 {
		lock = op.Locks[0]
	}
	needs := "others wait for the lock"
	if len(v.Ops) > 1 {
		if name := v.Ops[1].Name; len(op.Locks) > 1 && name != "" {
			lock = name
		}
		needs = "whoever could end that waits for the lock at " + verdicts.Place(pass, v.Ops[1].Pos)
	}
	return fmt.Sprintf("%s holds %s, and %s: a deadlock", waiting(op), lock, needs)
}

// waiting says what the goroutine does.
func waiting(op *verdicts.Op) string {
	action := map[string]string{"send": "send on", "receive": "receive from"}[op.What]
	switch {
	case op.Name == "":
		return "this " + op.What
	case action == "":
		return op.What + " for " + op.Name
	}
	return action + " " + op.Name
}
