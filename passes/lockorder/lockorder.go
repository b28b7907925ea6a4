package lockorder

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

const name = "lockorder"

// Analyzer reports locks that goroutines take in opposite orders.
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
		g := newGraph(pass, known.Evidence())
		found = append(g.findings(), g.pairFindings()...)
	}
	verdicts.Join(pass, reporter, found, func(v *verdicts.Verdict) (report.Finding, bool) {
		return report.Finding{Range: v.Ops[0].Range, Message: message(pass, v)}, true
	})
	reporter.Flush()
	return nil, nil
}

func message(pass *analysis.Pass, v *verdicts.Verdict) string {
	first := &v.Ops[0]
	if len(v.Ops) == 1 {
		return fmt.Sprintf("%s is locked here while %s is held: a deadlock", lock(first), held(first))
	}
	other := &v.Ops[1]
	if lock(first) == held(first) {
		return fmt.Sprintf("%s is locked here while that of another value is held, and at %s the other way round: a deadlock",
			lock(first), verdicts.Place(pass, other.Pos))
	}
	if len(v.Ops) > 2 {
		return fmt.Sprintf("%s is locked here while %s is held, and %d goroutines wait so in a circle (next at %s): a deadlock",
			lock(first), held(first), len(v.Ops), verdicts.Place(pass, other.Pos))
	}
	return fmt.Sprintf("%s is locked here while %s is held, and %s at %s while %s is held: a deadlock",
		lock(first), held(first), lock(other), verdicts.Place(pass, other.Pos), held(other))
}

func lock(op *verdicts.Op) string {
	if op.Name == "" {
		return "a lock"
	}
	return op.Name
}

func held(op *verdicts.Op) string {
	if len(op.Locks) == 0 {
		return "another lock"
	}
	return op.Locks[0]
}
