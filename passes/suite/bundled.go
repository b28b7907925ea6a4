package suite

import (
	"golang.org/x/tools/go/analysis/passes/atomic"
	"golang.org/x/tools/go/analysis/passes/copylock"
	"golang.org/x/tools/go/analysis/passes/sigchanyzer"
	"golang.org/x/tools/go/analysis/passes/testinggoroutine"
	"golang.org/x/tools/go/analysis/passes/unusedresult"
	"golang.org/x/tools/go/analysis/passes/waitgroup"

	"github.com/goconclint/goconclint/passes/internal/report"
)

// bundled lists the passes of golang.org/x/tools that speak about our
// subject and need no facts, under their own names. Of their neighbours
// loopclosure is left out because loopcapture says the same better, defers
// because deferargs does, and lostcancel because it needs ctrlflow's facts
// (go vet runs it). Those that one of ours supersedes are off.
func bundled() []Check {
	return []Check{
		{Analyzer: report.Wrap(copylock.Analyzer), Group: Locks, Since: "v0.1.0", Default: true, Bundled: true},
		{Analyzer: report.Wrap(atomic.Analyzer), Group: Races, Since: "v0.1.0", Default: true, Bundled: true},
		{Analyzer: report.Wrap(sigchanyzer.Analyzer), Group: Channels, Since: "v0.1.0", Default: true, Bundled: true},
		{Analyzer: report.Wrap(testinggoroutine.Analyzer), Group: Panics, Since: "v0.1.0", Default: true, Bundled: true},
		{Analyzer: report.Wrap(waitgroup.Analyzer), Group: Locks, Since: "v0.1.0", Bundled: true, Superseded: "waitmisuse"},
		{Analyzer: report.Wrap(unusedresult.Analyzer), Group: Panics, Since: "v0.1.0", Default: true, Bundled: true},
	}
}
