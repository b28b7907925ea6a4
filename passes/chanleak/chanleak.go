package chanleak

import (
	_ "embed"
	"fmt"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/doc"
	"github.com/goconclint/goconclint/passes/internal/explore"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
)

//go:embed doc.go
var source string

const name = "chanleak"

// Analyzer reports goroutines that wait for a channel for ever.
var Analyzer = &analysis.Analyzer{
	Name:     name,
	Doc:      doc.Must(source, name),
	URL:      doc.URL(name),
	Requires: []*analysis.Analyzer{program.Analyzer, report.Requires, verdicts.Analyzer},
	Run:      run,
}

func run(pass *analysis.Pass) (any, error) {
	reporter := report.New(pass)
	verdicts.Join(pass, reporter, unshown(pass, slices.Concat(leftBehind(pass), deserted(pass), spinning(pass), skipped(pass))), func(v *verdicts.Verdict) (report.Finding, bool) {
		return report.Finding{Range: v.Ops[0].Range, Message: message(pass, v), Fixes: fixes(pass, v)}, true
	})
	reporter.Flush()
	return nil, nil
}

// unshown leaves out what a schedule shows anyway.
func unshown(pass *analysis.Pass, found []report.Finding) []report.Finding {
	shown := make(map[string]bool)
	for _, v := range verdicts.Of(pass, name) {
		if !v.Low {
			shown[verdicts.Place(pass, v.Ops[0].Pos)] = true
		}
	}
	return slices.DeleteFunc(found, func(f report.Finding) bool { return shown[verdicts.Place(pass, f.Range.Pos())] })
}

func message(pass *analysis.Pass, v *verdicts.Verdict) string {
	op := &v.Ops[0]
	who := "the goroutine"
	if op.Spawn.IsValid() {
		who += " started at " + verdicts.Place(pass, op.Spawn)
	} else {
		who = "the function"
	}
	if v.Kind == explore.KindEndless {
		return fmt.Sprintf("%s: %s runs for ever", reason(pass, v), who)
	}
	return fmt.Sprintf("%s: %s is blocked here for ever", reason(pass, v), who)
}

// reason says which operation it is, and why nobody comes.
func reason(pass *analysis.Pass, v *verdicts.Verdict) string {
	op := &v.Ops[0]
	channel := op.Name
	if channel == "" {
		channel = "the channel"
	}
	left := ""
	if v.Left.IsValid() {
		left = ", which was left at " + verdicts.Place(pass, v.Left)
	}
	switch {
	case op.Nil:
		return channel + " is nil"
	case v.Kind == explore.KindSelect:
		return "no case of this select is ever ready"
	case v.Kind == explore.KindEndless:
		if v.Left.IsValid() {
			return "after the return at " + verdicts.Place(pass, v.Left) + ", no case of this select but the timer's is ever ready"
		}
		return "no case of this select but the timer's is ever ready"
	case v.Kind == explore.KindSend && v.Met:
		return fmt.Sprintf("nobody receives from %s any more%s", channel, left)
	case v.Kind == explore.KindSend:
		return fmt.Sprintf("nobody receives from %s%s", channel, left)
	case v.Met:
		return fmt.Sprintf("nobody sends on %s any more%s", channel, left)
	}
	return fmt.Sprintf("nobody sends on %s%s", channel, left)
}
