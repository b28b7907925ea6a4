package closemisuse

import (
	_ "embed"
	"fmt"
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/explore"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

//go:embed doc.go
var source string

const name = "closemisuse"

// Analyzer reports channels closed twice, or while others still send.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{report.Requires, verdicts.Analyzer, summarize.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	found := repeated(pass)
	if known := pass.ResultOf[summarize.Analyzer].(*summarize.Result); known.ConcernsLocks() {
		found = append(found, unlocked(pass, known.Evidence())...)
	}
	verdicts.Join(pass, reporter, found, func(v *verdicts.Verdict) (report.Finding, bool) {
		if expected(pass, v) {
			return report.Finding{}, false
		}
		if v.Kind == explore.KindSyncRace {
			return sendMeetsClose(pass, v)
		}
		if closing := besideDeferred(pass, v); closing != nil {
			return report.Finding{
				Range:   closing.Range,
				Message: fmt.Sprintf("%s is closed here, and once more by the deferred close at %s: this panics", channel(closing), verdicts.Place(pass, v.Ops[0].Pos)),
			}, true
		}
		return report.Finding{Range: v.Ops[0].Range, Message: message(pass, v)}, true
	})
	reporter.Flush()
	return nil, nil
}

// besideDeferred returns the close to blame where one that the same function
// has deferred comes after it: that one closes on every way out. It is nil for
// others.
func besideDeferred(pass *analysis.Pass, v *verdicts.Verdict) *verdicts.Op {
	if v.Kind != explore.KindDoubleClose || len(v.Ops) < 2 || verdicts.Function(pass, v.Ops[0].Pos) != verdicts.Function(pass, v.Ops[1].Pos) {
		return nil
	}
	_, later := v.Ops[0].Node.(*ast.DeferStmt)
	if _, both := v.Ops[1].Node.(*ast.DeferStmt); !later || both {
		return nil
	}
	return &v.Ops[1]
}

func message(pass *analysis.Pass, v *verdicts.Verdict) string {
	op, earlier := &v.Ops[0], ""
	if len(v.Ops) > 1 {
		earlier = " at " + verdicts.Place(pass, v.Ops[1].Pos)
	}
	switch v.Kind {
	case explore.KindCloseNil:
		return fmt.Sprintf("%s is nil where it is closed here: this panics", channel(op))
	case explore.KindDoubleClose:
		if len(v.Ops) > 1 && v.Ops[1].Pos == op.Pos {
			return fmt.Sprintf("%s is closed here more than once: this panics", channel(op))
		}
		return fmt.Sprintf("%s is closed here after it was closed%s: this panics", channel(op), earlier)
	}
	return fmt.Sprintf("%s is sent on here after it was closed%s: this panics", channel(op), earlier)
}

// sendMeetsClose reports a close that nothing orders after a send.
func sendMeetsClose(pass *analysis.Pass, v *verdicts.Verdict) (report.Finding, bool) {
	closing, send := &v.Ops[0], &v.Ops[1]
	if closing.What != "write" {
		closing, send = send, closing
	}
	if send.What == "write" {
		return report.Finding{
			Range:   closing.Range,
			Message: fmt.Sprintf("%s is closed here and at %s, with nothing to order the two: one panics", channel(closing), verdicts.Place(pass, send.Pos)),
		}, true
	}
	return report.Finding{
		Range: closing.Range,
		Message: fmt.Sprintf("%s is closed here while the send at %s may be still to come, which then panics",
			channel(closing), verdicts.Place(pass, send.Pos)),
	}, true
}

func channel(op *verdicts.Op) string {
	if op.Name == "" {
		return "the channel"
	}
	return op.Name
}
