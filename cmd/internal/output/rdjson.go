package output

import (
	"io"
	"slices"
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

// suggestions returns the first fix as one suggestion, as each of several
// may be taken alone; none if it changes anything but the file of the
// finding: the format has no way to name another.
func suggestions(f finding.Finding, r Report) []rdSuggestion {
	if len(f.Fixes) == 0 || len(f.Fixes[0].Edits) == 0 {
		return nil
	}
	edits := slices.Clone(f.Fixes[0].Edits)
	slices.SortStableFunc(edits, func(a, b finding.Edit) int { return a.Start - b.Start })
	file, from, to := f.Range.Start.File, edits[0].Start, edits[0].Start
	var text strings.Builder
	for _, edit := range edits {
		kept, ok := r.Files.Text(file, to, edit.Start)
		if !ok || edit.File != file {
			return nil
		}
		text.WriteString(kept + edit.New)
		to = edit.End
	}
	start, ok1 := r.Files.Position(file, from)
	end, ok2 := r.Files.Position(file, to)
	if !ok1 || !ok2 {
		return nil
	}
	return []rdSuggestion{{*rdRangeOf(finding.Range{Start: start, End: end}), text.String()}}
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
