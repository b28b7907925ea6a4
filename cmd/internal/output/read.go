package output

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// ReadJSON reads a document that JSON wrote. Relative paths in it are taken
// as relative to the base.
func ReadJSON(from io.Reader, base Base) (Report, error) {
	var document jsonDocument
	if err := json.NewDecoder(from).Decode(&document); err != nil {
		return Report{}, fmt.Errorf("not a report that -f json wrote: %w", err)
	}
	if document.Version != jsonVersion {
		return Report{}, fmt.Errorf("report of version %d, and only %d is known: write it with this version of goconclint", document.Version, jsonVersion)
	}
	report := Report{
		Packages:    document.Packages,
		Analysed:    document.Analysed,
		Interrupted: document.Interrupted,
		Omitted:     document.Omitted,
		Tool:        document.Tool,
	}
	for _, f := range document.Findings {
		report.Findings = append(report.Findings, base.finding(f))
	}
	for _, p := range document.Problems {
		report.Problems = append(report.Problems, finding.Problem{
			Range: base.rangeOf(p.jsonRange), Package: p.Package, Message: p.Message, Internal: p.Internal, Detail: p.Detail,
		})
	}
	return report, nil
}

func (b Base) finding(f jsonFinding) finding.Finding {
	out := finding.Finding{
		Check:       f.Check,
		Kind:        f.Kind,
		Message:     f.Message,
		URL:         f.URL,
		Package:     f.Package,
		Range:       b.rangeOf(f.jsonRange),
		Low:         f.Confidence == "low",
		Suppressed:  f.Suppressed,
		Severity:    finding.Severity(f.Severity),
		Fingerprint: f.Fingerprint,
	}
	for _, related := range f.Related {
		out.Related = append(out.Related, finding.Related{Range: b.rangeOf(related.jsonRange), Message: related.Message})
	}
	for _, fix := range f.Fixes {
		converted := finding.Fix{Message: fix.Message}
		for _, edit := range fix.Edits {
			converted.Edits = append(converted.Edits, finding.Edit{File: b.absolute(edit.File), Start: edit.Start, End: edit.End, New: edit.New})
		}
		out.Fixes = append(out.Fixes, converted)
	}
	return out
}

func (b Base) rangeOf(r jsonRange) finding.Range {
	if r.File == "" {
		return finding.Range{}
	}
	file := b.absolute(r.File)
	out := finding.Range{Start: finding.Position{File: file, Offset: -1, Line: r.Line, Column: r.Column}}
	if r.EndLine > 0 {
		out.End = finding.Position{File: file, Offset: -1, Line: r.EndLine, Column: r.EndColumn}
	}
	return out
}

func (b Base) absolute(file string) string {
	file = filepath.FromSlash(file)
	if filepath.IsAbs(file) {
		return file
	}
	return filepath.Join(string(b), file)
}
