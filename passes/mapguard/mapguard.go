package mapguard

import (
	_ "embed"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
	"github.com/goconclint/goconclint/passes/internal/sharing"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

//go:embed doc.go
var source string

// Analyzer reports maps that goroutines use at the same time.
var Analyzer = &analysis.Analyzer{
	Name:     "mapguard",
	Doc:      doc.Must(source, "mapguard"),
	URL:      doc.URL("mapguard"),
	Requires: []*analysis.Analyzer{report.Requires, summarize.Analyzer, verdicts.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	var found []report.Finding
	if sharesMaps(pass) {
		evidence := pass.ResultOf[summarize.Analyzer].(*summarize.Result).Evidence()
		judge := &judge{pass: pass, evidence: evidence, seen: make(map[any]bool)}
		judge.locations()
		judge.pairs()
		for _, verdict := range judge.verdicts {
			found = append(found, judge.finding(verdict))
		}
		found = append(found, judge.changesPublished()...)
	}
	verdicts.Join(pass, reporter, found, func(v *verdicts.Verdict) (report.Finding, bool) {
		// How the package locks says more about what clients may do.
		return verdicts.WordRace(pass, v, "map "), !v.Client
	})
	reporter.Flush()
	return nil, nil
}

// A judge goes through the evidence on one package. Each access is blamed at
// most once.
type judge struct {
	pass     *analysis.Pass
	evidence *sharing.Evidence
	verdicts []verdict
	seen     map[any]bool
}

// A verdict is two accesses of one map that can happen at the same time, at
// least one of them a write, with no lock to keep them apart.
type verdict struct {
	rule   rule
	blamed sharing.Effect      // the access to mend
	other  sharing.Effect      // the access that it meets
	spawn  *sharing.Spawn      // the goroutine that makes one of them, nil if others start it
	lock   string              // the lock to take, as the blamed side would write it; "" if there is none
	call   ssa.CallInstruction // to blame is this call by which the access is reached; nil for the access
	lent   *ssa.Return         // to blame is the getter that hands the map out from under the lock; nil if there is none
}

// A rule says on which evidence a verdict rests.
type rule int

const (
	mainAndGoroutine rule = iota // the blamed access is made by the function that started the goroutine
	goroutineAndMain             // the blamed access is made by the goroutine
	twoGoroutines                // of two that one function starts
	sameGoroutine                // several of one spawn site
	mixedLocking                 // others hold a lock for the same location
	sharedLocking                // a write under a read lock
	handlers                     // a handler writes
	ownGoroutine                 // an object's goroutine writes what its methods use
)

func (j *judge) add(v verdict) {
	if !j.seen[v.subject()] {
		j.seen[v.subject()] = true
		j.verdicts = append(j.verdicts, v)
	}
}

// subject is what the verdict blames.
func (v *verdict) subject() any {
	switch {
	case v.lent != nil:
		return v.lent
	case v.call != nil:
		return v.call
	}
	return v.blamed.Access
}
