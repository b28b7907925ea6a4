package verdicts

import (
	"go/token"
	"path/filepath"
	"strconv"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/report"
)

// Report reports the verdicts of the running check, worded by the check. A
// judgement that isn't ok is dropped.
func Report(pass *analysis.Pass, word func(v *Verdict) (f report.Finding, ok bool)) {
	reporter := report.New(pass)
	Join(pass, reporter, nil, word)
	reporter.Flush()
}

// Join adds to the reporter what the running check has found without a
// schedule, and the verdicts. Of a mistake that both see, the check's own
// words are kept and the schedule shows how it happens; the other verdicts
// are worded by the check. A judgement that isn't ok is dropped.
func Join(pass *analysis.Pass, reporter *report.Reporter, found []report.Finding, word func(v *Verdict) (f report.Finding, ok bool)) {
	told := make([]bool, len(found))
	for _, v := range Of(pass, pass.Analyzer.Name) {
		seen := false
		for i := range found {
			if !v.explains(pass, &found[i]) {
				continue
			}
			seen = true
			if !told[i] && !v.Low {
				found[i].Related, found[i].Low, told[i] = v.Schedule, false, true
			}
		}
		if seen {
			continue
		}
		if f, ok := word(v); ok {
			f.Low = f.Low || v.Low
			f.Related = append(f.Related, v.Schedule...)
			reporter.Add(f)
		}
	}
	for _, f := range found {
		reporter.Add(f)
	}
	if pass.ResultOf[Analyzer].(*Result).Truncated {
		reporter.Truncate()
	}
}

// Shown reports whether another check shows, with a schedule, the mistake
// that a finding of the running check is about: an access that it blames is
// one of a race. The running check is then silent.
func Shown(pass *analysis.Pass, f *report.Finding, checks ...string) bool {
	primary := Place(pass, f.Range.Pos())
	for _, check := range checks {
		for _, v := range Of(pass, check) {
			if !v.Low && v.isRace() && (Place(pass, v.Ops[0].Pos) == primary || Place(pass, v.Ops[1].Pos) == primary) {
				return true
			}
		}
	}
	return false
}

// explains reports whether a verdict and a finding without a schedule are
// about one mistake: the finding names the places of the operations to
// blame.
func (v *Verdict) explains(pass *analysis.Pass, f *report.Finding) bool {
	primary := Place(pass, f.Range.Pos())
	named := map[string]bool{primary: true}
	for _, r := range f.Related {
		named[Place(pass, r.Pos)] = true
	}
	if !v.isRace() {
		return named[Place(pass, v.Ops[0].Pos)]
	}
	a, b := Place(pass, v.Ops[0].Pos), Place(pass, v.Ops[1].Pos)
	return named[a] && named[b] && (a == primary || b == primary)
}

// Place returns a position as messages name it: worker.go:31.
func Place(pass *analysis.Pass, pos token.Pos) string {
	p := pass.Fset.Position(pos)
	return filepath.Base(p.Filename) + ":" + strconv.Itoa(p.Line)
}
