package output

import (
	"bytes"
	"embed"
	"encoding/json"
	"html/template"
	"io"
	"strconv"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/sequence"
	"github.com/goconclint/goconclint/passes/suite"
)

// The page is one file: what it shows is in it as JSON, and its script draws
// from that what the reader looks at, so that thousands of findings cost
// nothing until they are opened. It loads nothing, which its content security
// policy enforces.
var (
	//go:embed page/page.html
	pageHTML string
	//go:embed page/style.css
	pageStyle string
	//go:embed page/elements.js page/code.js page/diagram.js page/script.js
	pageScripts embed.FS
)

// What the page's script reads.
type (
	pageData struct {
		Tool        Tool                         `json:"tool"`
		Packages    int                          `json:"packages"`
		Interrupted bool                         `json:"interrupted"`
		Omitted     int                          `json:"omitted"`
		Checks      map[string]pageCheck         `json:"checks"`
		Files       map[string]map[string]string `json:"files"` // lines by number
		Findings    []pageFinding                `json:"findings"`
		Problems    []pageProblem                `json:"problems"`
	}
	pageCheck struct {
		Group   string `json:"group"`
		Summary string `json:"summary"`
		URL     string `json:"url"`
	}
	pagePlace struct {
		File      string `json:"file"`
		Line      int    `json:"line"`
		Column    int    `json:"column"` // in UTF-16 code units, as strings of the script are counted
		EndLine   int    `json:"endLine"`
		EndColumn int    `json:"endColumn"`
	}
	pageFinding struct {
		pagePlace
		Check      string     `json:"check"`
		Name       string     `json:"name"` // with the kind
		Message    string     `json:"message"`
		Package    string     `json:"package"`
		Severity   string     `json:"severity"`
		Low        bool       `json:"low"`
		Suppressed string     `json:"suppressed"`
		ID         string     `json:"id"`
		Notes      []pageNote `json:"notes"`
		Goroutines []string   `json:"goroutines"`
		Holds      []pageHold `json:"holds"`
		Fixes      []string   `json:"fixes"`
	}
	pageNote struct { // another place, or a step of the schedule
		pagePlace
		Text   string `json:"text"`
		Column int    `json:"lane"`
		Target int    `json:"target"`
		Waits  bool   `json:"waits"`
		Last   bool   `json:"last"`
	}
	pageHold struct {
		Lock string `json:"lock"`
		Lane int    `json:"lane"`
		From int    `json:"from"`
		To   int    `json:"to"`
	}
	pageProblem struct {
		pagePlace
		Package string `json:"package"`
		Message string `json:"message"`
	}
)

// contextLines is how many lines of source stand around a place.
const contextLines = 4

// HTML writes one self-contained page for a browser.
func HTML(w io.Writer, base Base, r Report) error {
	b := pageBuilder{base: base, report: r, data: pageData{
		Tool: r.Tool, Packages: r.Packages, Interrupted: r.Interrupted, Omitted: r.Omitted,
		Checks: make(map[string]pageCheck), Files: make(map[string]map[string]string),
		Findings: []pageFinding{}, Problems: []pageProblem{},
	}}
	for _, f := range r.Findings {
		b.add(f)
	}
	for _, p := range r.Problems {
		b.data.Problems = append(b.data.Problems, pageProblem{b.place(p.Range), p.Package, oneLine(p.Message)})
	}
	var data bytes.Buffer
	if err := json.NewEncoder(&data).Encode(b.data); err != nil { // it escapes <, > and &
		return err
	}
	page, err := template.New("page").Parse(pageHTML)
	if err != nil {
		return err
	}
	var script strings.Builder
	for _, name := range []string{"elements", "code", "diagram", "script"} {
		part, err := pageScripts.ReadFile("page/" + name + ".js")
		if err != nil {
			return err
		}
		script.Write(part)
	}
	return page.Execute(w, map[string]any{
		"Style":  template.CSS(pageStyle),
		"Script": template.JS(script.String()),
		"Data":   template.JS(data.String()),
	})
}

type pageBuilder struct {
	base   Base
	report Report
	data   pageData
}

func (b *pageBuilder) add(f finding.Finding) {
	if _, ok := b.data.Checks[f.Check]; !ok {
		b.data.Checks[f.Check] = pageCheckNamed(f)
	}
	out := pageFinding{
		pagePlace:  b.place(f.Range),
		Check:      f.Check,
		Name:       name(f),
		Message:    oneLine(f.Message),
		Package:    f.Package,
		Severity:   string(severity(f)),
		Low:        f.Low,
		Suppressed: oneLine(f.Suppressed),
		ID:         f.Fingerprint,
	}
	s := sequence.Of(f, b.report.Files)
	for _, g := range s.Goroutines {
		out.Goroutines = append(out.Goroutines, g.Name)
	}
	for _, h := range s.Holds() {
		out.Holds = append(out.Holds, pageHold{h.Lock, h.Column, h.From, h.To})
	}
	for i, related := range f.Related {
		note := pageNote{pagePlace: b.place(related.Range), Text: oneLine(related.Message), Column: -1, Target: -1}
		if len(s.Steps) > 0 {
			step := s.Steps[i]
			note.Text, note.Column, note.Target, note.Waits, note.Last = step.Text, step.Column, step.Target, step.Waits, step.Last
		}
		out.Notes = append(out.Notes, note)
	}
	for _, fix := range f.Fixes {
		out.Fixes = append(out.Fixes, fix.Message)
	}
	b.data.Findings = append(b.data.Findings, out)
}

func pageCheckNamed(f finding.Finding) pageCheck {
	out := pageCheck{URL: f.URL}
	if check, ok := suite.Named(f.Check); ok {
		out.Group, out.Summary = string(check.Group), strings.TrimPrefix(check.Page().Summary, "report ")
	}
	return out
}

// place converts a range and takes its lines of source along, with some
// around them.
func (b *pageBuilder) place(r finding.Range) pagePlace {
	files := b.report.Files
	p := pagePlace{File: b.base.slashed(r.Start.File), Line: r.Start.Line, Column: files.Column16(r.Start)}
	if r.End.Line > 0 {
		p.EndLine, p.EndColumn = r.End.Line, files.Column16(r.End)
	}
	if r.Start.File == "" {
		return p
	}
	lines := b.data.Files[p.File]
	if lines == nil {
		lines = make(map[string]string)
		b.data.Files[p.File] = lines
	}
	last := min(max(r.Start.Line, r.End.Line), r.Start.Line+maxMarked)
	for number := r.Start.Line - contextLines; number <= last+contextLines; number++ {
		if text, ok := files.Line(r.Start.File, number); ok {
			lines[strconv.Itoa(number)] = shortened(text)
		}
	}
	return p
}

// maxMarked is how many lines of a long range are shown.
const maxMarked = 12

// shortened cuts lines that nobody reads, as in generated code.
func shortened(line string) string {
	const enough = 500
	if runes := []rune(line); len(runes) > enough {
		return string(runes[:enough]) + ellipsis
	}
	return line
}
