package report

import (
	"slices"

	"golang.org/x/tools/go/analysis"
)

// Wrap returns an analyzer like the given one, of another house, whose
// diagnostics pass through a [Reporter]: generated files are skipped and our
// suppression comments work. Its name, documentation and flags stay.
func Wrap(a *analysis.Analyzer) *analysis.Analyzer {
	wrapped := *a
	wrapped.Requires = append(slices.Clip(a.Requires), Requires)
	wrapped.Run = func(pass *analysis.Pass) (any, error) {
		reporter := New(pass)
		inner := *pass
		inner.Report = func(d analysis.Diagnostic) { reporter.Add(fromDiagnostic(d)) }
		result, err := a.Run(&inner)
		if err != nil {
			return nil, err
		}
		reporter.Flush()
		return result, nil
	}
	return &wrapped
}

func fromDiagnostic(d analysis.Diagnostic) Finding {
	return Finding{
		Range:   analysisRange{d},
		Message: d.Message,
		Related: d.Related,
		Fixes:   d.SuggestedFixes,
	}
}
