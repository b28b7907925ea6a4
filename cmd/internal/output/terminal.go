package output

import (
	"fmt"
	"io"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/sequence"
	"github.com/goconclint/goconclint/cmd/internal/source"
)

// A Terminal writes reports for people: each finding with the source line
// and its range marked, the related positions as numbered steps, and a line
// that sums up.
type Terminal struct {
	Base  Base
	Color bool
	Links bool // the terminal shows hyperlinks
	Width int  // columns; 0 if unknown
}

// defaultWidth stands in for a terminal that doesn't tell its width.
const defaultWidth = 100

// Print writes the report.
func (t Terminal) Print(w io.Writer, r Report) error {
	p := t.printer(w, r.Files)
	for _, f := range r.Findings {
		p.finding(f)
	}
	for _, problem := range r.compileErrors() {
		p.entry(problem.Range, red, oneLine(problem.Message)+" "+p.in(red, "("+compile+")"))
		fmt.Fprintln(p)
	}
	_, err := fmt.Fprintln(w, p.summary(r))
	return err
}

// Finding writes one finding as Print does.
func (t Terminal) Finding(w io.Writer, f finding.Finding, files *source.Files) {
	t.printer(w, files).finding(f)
}

func (t Terminal) printer(w io.Writer, files *source.Files) *printer {
	if t.Width <= 0 {
		t.Width = defaultWidth
	}
	return &printer{Writer: w, Terminal: t, ink: ink(t.Color), source: files}
}

type printer struct {
	io.Writer
	Terminal
	ink
	source *source.Files
}

func (p *printer) finding(f finding.Finding) {
	p.entry(f.Range, severityStyle(severity(f)), oneLine(f.Message)+" "+p.in(cyan, "("+p.linked(f.URL, name(f))+")")+p.in(dim, remarks(f)))
	if schedule := sequence.Of(f, p.source); len(schedule.Steps) > 0 {
		p.schedule(schedule)
	} else {
		for i, step := range f.Related {
			p.step(i+1, step)
		}
	}
	fmt.Fprintln(p)
}

// step writes one step of the way to a mistake, with the line that it is on.
func (p *printer) step(number int, step finding.Related) {
	at := step.Range.Start
	fmt.Fprintf(p, "%s  %s: %s\n", p.in(dim, fmt.Sprintf("%5d", number)), p.position(at), oneLine(step.Message))
	if line, ok := p.source.Line(at.File, at.Line); ok {
		e := excerptOf(strings.TrimSpace(line), 0, 0, p.Width-gutter)
		fmt.Fprintf(p, "%s%s\n", strings.Repeat(" ", gutter), p.in(dim, e.before+e.marked+e.after))
	}
}

// gutter is the width of what stands in front of source lines.
const gutter = len("    1 |  ")

// entry writes a position with a message, and the line that stands there with
// its range marked.
func (p *printer) entry(r finding.Range, mark style, message string) {
	fmt.Fprintf(p, "%s: %s\n", p.in(bold, p.position(r.Start)), message)
	line, ok := p.source.Line(r.Start.File, r.Start.Line)
	if !ok || r.Start.Column < 1 {
		return
	}
	end := len(line)
	if r.End.Line == r.Start.Line {
		end = r.End.Column - 1
	} else if r.End.Line == 0 {
		end = r.Start.Column // one character
	}
	e := excerptOf(line, r.Start.Column-1, end, p.Width-gutter)
	fmt.Fprintf(p, "%s%s%s%s\n", p.in(dim, fmt.Sprintf("%5d │  ", r.Start.Line)), e.before, p.in(bold, e.marked), e.after)
	fmt.Fprintf(p, "%s%s%s\n", p.in(dim, "      │  "), strings.Repeat(" ", e.indent), p.in(mark, strings.Repeat("^", e.width)))
}

// position writes a place, as a link to the file.
func (p *printer) position(at finding.Position) string {
	return p.linkedFile(at, p.Base.Position(at))
}

func (p *printer) linkedFile(at finding.Position, text string) string {
	to := url.URL{Scheme: "file", Path: filepath.ToSlash(at.File), Fragment: "L" + strconv.Itoa(at.Line)}
	return p.linked(to.String(), text)
}

func (p *printer) linked(url, text string) string {
	if !p.Links || url == "" {
		return text
	}
	return link(url, text)
}

// summary counts the findings by check, in the order of their first ones.
func (p *printer) summary(r Report) string {
	text := plural(len(r.Findings), "finding") + " in " + plural(r.Packages, "package")
	switch {
	case len(r.Findings) > 0:
		text = p.in(bold, text) + " (" + byCheck(r.Findings) + ")"
	case len(r.Problems) == 0 && !r.Interrupted:
		text = p.in(green, text)
	}
	text += took(r)
	if n := len(r.Problems); n > 0 {
		text += "; " + p.in(red, plural(n, "problem"))
	}
	if r.Known > 0 {
		text += "; " + strconv.Itoa(r.Known) + " more are in the baseline"
	}
	if r.Omitted > 0 {
		text += "; " + plural(r.Omitted, "finding") + " more, left out by -max"
	}
	if r.Interrupted {
		text += "; " + p.in(red, "interrupted, so there may be more")
	}
	if len(r.Findings) > 0 {
		text += "\n" + p.in(dim, "goconclint explain NAME says more about a check")
	}
	return text
}

// took says how long the run took, and how many packages needed no work.
func took(r Report) string {
	if r.Elapsed == 0 {
		return ""
	}
	precision := 10 * time.Millisecond
	if r.Elapsed > 10*time.Second {
		precision = time.Second
	}
	text := ", " + r.Elapsed.Round(precision).String()
	if r.Cached > 0 {
		text += fmt.Sprintf(" (%d from the cache)", r.Cached)
	}
	return text
}

func byCheck(findings []finding.Finding) string {
	counts := make(map[string]int)
	var order []string
	for _, f := range findings {
		if counts[f.Check]++; counts[f.Check] == 1 {
			order = append(order, f.Check)
		}
	}
	for i, check := range order {
		order[i] = fmt.Sprintf("%s %d", check, counts[check])
	}
	return strings.Join(order, ", ")
}

func plural(n int, noun string) string {
	switch n {
	case 0:
		return "no " + noun + "s"
	case 1:
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
