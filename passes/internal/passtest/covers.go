package passtest

import (
	"testing"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/analysistest"
)

// Covers checks that on the analyzer's bad fixtures every line that the other
// analyzer reports is reported by it, too, and that the other reports at
// least the given number of lines there: it is the check that ours replaces.
func Covers(t *testing.T, a, other *analysis.Analyzer, least int) {
	t.Helper()
	ours := reportedLines(t, a, a.Name)
	theirs := reportedLines(t, other, a.Name)
	for line := range theirs {
		if !ours[line] {
			t.Errorf("%s: %s reports it, %s doesn't", line, other.Name, a.Name)
		}
	}
	if len(theirs) < least {
		t.Errorf("%s reports %d lines, fewer than %d: the fixtures don't compare the two", other.Name, len(theirs), least)
	}
}

// reportedLines runs an analyzer on the bad fixtures of a check, and returns
// the lines that it reports as file:line. What those want isn't looked at.
func reportedLines(t *testing.T, a *analysis.Analyzer, check string) map[string]bool {
	t.Helper()
	lines := make(map[string]bool)
	for _, result := range analysistest.Run(ignoreErrors{}, Root(t), a, "./"+check+"/bad/...") {
		for _, d := range result.Diagnostics {
			at := result.Pass.Fset.Position(d.Pos)
			at.Column = 0
			lines[at.String()] = true
		}
	}
	return lines
}

type ignoreErrors struct{}

func (ignoreErrors) Errorf(string, ...any) {}
