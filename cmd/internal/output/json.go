package output

import (
	"encoding/json"
	"io"
	"path/filepath"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/passes/schedule"
)

// jsonVersion is the version of the document. It changes when a program that
// reads the document would have to; fields may be added without it.
const jsonVersion = 1

// The document that docs/json.md describes.
type (
	jsonDocument struct {
		Version     int           `json:"version"`
		Tool        Tool          `json:"tool"`
		Packages    int           `json:"packages"`
		Analysed    []string      `json:"analysed,omitempty"`
		Interrupted bool          `json:"interrupted,omitempty"`
		Omitted     int           `json:"omitted,omitempty"`
		Findings    []jsonFinding `json:"findings"`
		Problems    []jsonProblem `json:"problems"`
	}
	jsonRange struct {
		File      string `json:"file,omitempty"`
		Line      int    `json:"line,omitempty"`
		Column    int    `json:"column,omitempty"`
		EndLine   int    `json:"endLine,omitempty"`
		EndColumn int    `json:"endColumn,omitempty"`
	}
	jsonFinding struct {
		Check string `json:"check"`
		Kind  string `json:"kind,omitempty"`
		jsonRange
		Message     string        `json:"message"`
		URL         string        `json:"url,omitempty"`
		Package     string        `json:"package,omitempty"`
		Severity    string        `json:"severity"`
		Confidence  string        `json:"confidence"`
		Fingerprint string        `json:"fingerprint,omitempty"`
		Suppressed  string        `json:"suppressed,omitempty"`
		Related     []jsonRelated `json:"related,omitempty"`
		Fixes       []jsonFix     `json:"fixes,omitempty"`
	}
	jsonRelated struct {
		jsonRange
		Message string    `json:"message"`
		Step    *jsonStep `json:"step,omitempty"`
	}
	jsonStep struct {
		Goroutine int      `json:"goroutine"`
		Action    string   `json:"action"`
		Object    string   `json:"object,omitempty"`
		Other     *int     `json:"other,omitempty"`
		Locks     []string `json:"locks,omitempty"`
	}
	jsonFix struct {
		Message string     `json:"message"`
		Edits   []jsonEdit `json:"edits"`
	}
	jsonEdit struct {
		File  string `json:"file"`
		Start int    `json:"start"`
		End   int    `json:"end"`
		New   string `json:"new"`
	}
	jsonProblem struct {
		jsonRange
		Package  string `json:"package,omitempty"`
		Message  string `json:"message"`
		Internal bool   `json:"internal,omitempty"`
		Detail   string `json:"detail,omitempty"`
	}
)

// JSON writes the report as one document. The details of internal errors are
// in it only if asked for: they differ from run to run.
func JSON(w io.Writer, base Base, r Report) error {
	document := jsonDocument{
		Version:     jsonVersion,
		Tool:        r.Tool,
		Packages:    r.Packages,
		Analysed:    r.Analysed,
		Interrupted: r.Interrupted,
		Omitted:     r.Omitted,
		Findings:    []jsonFinding{},
		Problems:    []jsonProblem{},
	}
	for _, f := range r.Findings {
		document.Findings = append(document.Findings, base.jsonFinding(f))
	}
	for _, p := range r.Problems {
		problem := jsonProblem{jsonRange: base.jsonRange(p.Range), Package: p.Package, Message: p.Message, Internal: p.Internal}
		if r.Details {
			problem.Detail = p.Detail
		}
		document.Problems = append(document.Problems, problem)
	}
	return writeJSON(w, document)
}

func writeJSON(w io.Writer, document any) error {
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "\t")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(document)
}

func (b Base) jsonFinding(f finding.Finding) jsonFinding {
	out := jsonFinding{
		Check:       f.Check,
		Kind:        f.Kind,
		jsonRange:   b.jsonRange(f.Range),
		Message:     f.Message,
		URL:         f.URL,
		Package:     f.Package,
		Severity:    string(severity(f)),
		Confidence:  confidence(f),
		Fingerprint: f.Fingerprint,
		Suppressed:  f.Suppressed,
	}
	for _, related := range f.Related {
		out.Related = append(out.Related, jsonRelated{b.jsonRange(related.Range), related.Message, stepOf(related.Message)})
	}
	for _, fix := range f.Fixes {
		out.Fixes = append(out.Fixes, b.jsonFix(fix))
	}
	return out
}

// stepOf takes a step of a schedule apart, so that readers needn't.
func stepOf(message string) *jsonStep {
	s, ok := schedule.Decode(message)
	if !ok {
		return nil
	}
	step := &jsonStep{Goroutine: s.Goroutine, Action: s.Action, Object: s.Object, Locks: s.Locks}
	if s.Other >= 0 {
		step.Other = &s.Other
	}
	return step
}

func (b Base) jsonFix(fix finding.Fix) jsonFix {
	out := jsonFix{Message: fix.Message, Edits: []jsonEdit{}}
	for _, edit := range fix.Edits {
		out.Edits = append(out.Edits, jsonEdit{b.slashed(edit.File), edit.Start, edit.End, edit.New})
	}
	return out
}

func (b Base) jsonRange(r finding.Range) jsonRange {
	return jsonRange{b.slashed(r.Start.File), r.Start.Line, r.Start.Column, r.End.Line, r.End.Column}
}

// slashed returns the path as it is written in documents that travel.
func (b Base) slashed(file string) string {
	if file == "" {
		return ""
	}
	return filepath.ToSlash(b.Path(file))
}

func confidence(f finding.Finding) string {
	if f.Low {
		return "low"
	}
	return "high"
}
