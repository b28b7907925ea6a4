package output

import (
	"io"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// Reviewdog's Diagnostic Format
// (https://github.com/reviewdog/reviewdog/tree/master/proto/rdf). Columns
// count bytes, as ours do.
type (
	rdDocument struct {
		Source      rdSource       `json:"source"`
		Diagnostics []rdDiagnostic `json:"diagnostics"`
	}
	rdSource struct {
		Name string `json:"name"`
		URL  string `json:"url"`
	}
	rdDiagnostic struct {
		Message     string         `json:"message"`
		Location    rdLocation     `json:"location"`
		Severity    string         `json:"severity"`
		Code        rdCode         `json:"code"`
		Suggestions []rdSuggestion `json:"suggestions,omitempty"`
		Related     []rdRelated    `json:"related_locations,omitempty"`
	}
	rdLocation struct {
		Path  string   `json:"path,omitempty"`
		Range *rdRange `json:"range,omitempty"`
	}
	rdRange struct {
		Start rdPosition  `json:"start"`
		End   *rdPosition `json:"end,omitempty"`
	}
	rdPosition struct {
		Line   int `json:"line"`
		Column int `json:"column,omitempty"`
	}
	rdCode struct {
		Value string `json:"value"`
		URL   string `json:"url,omitempty"`
	}
	rdSuggestion struct {
		Range rdRange `json:"range"`
		Text  string  `json:"text"`
	}
	rdRelated struct {
		Message  string     `json:"message"`
		Location rdLocation `json:"location"`
	}
)

// RDJSON writes the findings, with suggestions, and the problems.
func RDJSON(w io.Writer, base Base, r Report) error {
	document := rdDocument{Source: rdSource{r.Tool.Name, homepage}, Diagnostics: []rdDiagnostic{}}
	for _, f := range r.Findings {
		d := rdDiagnostic{
			Message:     oneLine(f.Message),
			Location:    base.rdLocation(f.Range),
			Severity:    strings.ToUpper(string(severity(f))),
			Code:        rdCode{name(f), f.URL},
			Suggestions: suggestions(f, r),
		}
		for i, told := range r.told(f) {
			d.Related = append(d.Related, rdRelated{told, base.rdLocation(f.Related[i].Range)})
		}
		document.Diagnostics = append(document.Diagnostics, d)
	}
	for _, p := range r.Problems {
		document.Diagnostics = append(document.Diagnostics, rdDiagnostic{
			Message: oneLine(p.Message), Location: base.rdLocation(p.Range), Severity: "ERROR", Code: rdCode{Value: nameOfProblem(p)},
		})
	}
	return writeJSON(w, document)
}

// suggestions returns the first fix, if it changes nothing but the file of
// the finding: the format has no way to name another.
func suggestions(f finding.Finding, r Report) []rdSuggestion {
	if len(f.Fixes) == 0 {
		return nil
	}
	var list []rdSuggestion
	for _, edit := range f.Fixes[0].Edits {
		start, ok1 := r.Files.Position(edit.File, edit.Start)
		end, ok2 := r.Files.Position(edit.File, edit.End)
		if !ok1 || !ok2 || edit.File != f.Range.Start.File {
			return nil
		}
		list = append(list, rdSuggestion{*rdRangeOf(finding.Range{Start: start, End: end}), edit.New})
	}
	return list
}

func (b Base) rdLocation(r finding.Range) rdLocation {
	return rdLocation{b.slashed(r.Start.File), rdRangeOf(r)}
}

func rdRangeOf(r finding.Range) *rdRange {
	if r.Start.Line == 0 {
		return nil
	}
	out := &rdRange{Start: rdPosition{r.Start.Line, r.Start.Column}}
	if r.End.Line > 0 {
		out.End = &rdPosition{r.End.Line, r.End.Column}
	}
	return out
}
