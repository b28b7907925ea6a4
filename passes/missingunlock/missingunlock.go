package missingunlock

import (
	_ "embed"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

//go:embed doc.go
var source string

// Analyzer reports paths that leave a function with a lock it took.
var Analyzer = &analysis.Analyzer{
	Name:     "missingunlock",
	Doc:      doc.Must(source, "missingunlock"),
	URL:      doc.URL("missingunlock"),
	Requires: []*analysis.Analyzer{report.Requires, summarize.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	known := pass.ResultOf[summarize.Analyzer].(*summarize.Result)
	if byPairs := takesByPairs(pass); byPairs || known.ConcernsLocks() {
		evidence := known.Evidence()
		j := &judge{evidence: evidence, callees: newCallees(), wording: wording{pass, evidence}}
		for _, fn := range evidence.Functions() {
			for _, lock := range j.callees.takenIn(evidence, fn) {
				j.judge(fn, lock)
			}
		}
		if byPairs {
			j.findings = append(j.findings, keptPairs(pass, evidence)...)
		}
		for _, finding := range j.findings {
			// Tests of locks misuse them on purpose, and a lock that a failing
			// test leaves behind harms nobody.
			finding.Low = finding.Low || match.InTestFile(pass.Fset, finding.Range.Pos())
			reporter.Add(finding)
		}
	}
	reporter.Flush()
	return nil, nil
}

// A judge turns what the walks found into findings.
type judge struct {
	evidence *sharing.Evidence
	callees  *callees // shared by all walks
	wording  wording
	findings []report.Finding
}

// judge walks the paths of one function for one lock.
func (j *judge) judge(fn *ssa.Function, lock *sharing.Place) {
	w := newWalk(j.evidence, j.callees, fn, lock)
	w.run(state{})
	for _, m := range w.mismatches {
		j.findings = append(j.findings, j.wording.mismatch(m))
	}
	for _, m := range w.doubles {
		j.findings = append(j.findings, j.wording.double(m))
	}
	for _, m := range w.deferredLocks {
		j.findings = append(j.findings, j.wording.deferredLock(m))
	}
	j.recovered(w)
	leaks := forgotten(w)
	if len(leaks) == 0 && !j.excused(w) {
		leaks = w.leaks
	}
	for _, l := range leaks {
		if slices.ContainsFunc(w.leaks, func(m leak) bool { return l.since != nil && m.turned == l.since }) {
			continue // the iteration that left it locked is to blame
		}
		if len(w.released) == 0 && (l.ret != nil || len(w.releases) == 0) {
			continue // no path releases the lock
		}
		if l.ret != nil && slices.Contains(w.released, l.ret) {
			j.findings = append(j.findings, j.wording.branching(w, l))
		} else {
			j.findings = append(j.findings, j.wording.leak(w, l))
		}
	}
}
