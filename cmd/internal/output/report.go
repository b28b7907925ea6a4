// Package output writes what a run found, one file per format: text for
// pipes, lines, a terminal's view with the source, documents for people and
// for programs. The formats are described in docs/formats.md and docs/json.md.
package output

import (
	"cmp"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/sequence"
	"github.com/goconclint/goconclint/cmd/internal/source"
)

// A Report is what one run of the command has to say.
type Report struct {
	Findings    []finding.Finding // those to show, sorted
	Problems    []finding.Problem // sorted
	Packages    int               // packages analysed
	Analysed    []string          // their import paths, sorted; nil if unknown
	Interrupted bool              // the run was cut short: there may be more
	Omitted     int               // findings left out by a limit
	Known, Gone int               // findings left out by a baseline, and those in it that are gone
	Elapsed     time.Duration     // 0 if unknown
	Cached      int               // packages whose results were known

	Tool    Tool
	Details bool          // the details of internal errors are asked for
	Files   *source.Files // sources, for formats that show or measure them
}

// A Tool says who wrote a document.
type Tool struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Go      string `json:"go"` // the Go version that it is built with
}

// homepage is where readers of a document find out more.
const homepage = "https://github.com/goconclint/goconclint"

// compileErrors returns the problems that have their place among the
// findings: those of the code that have a position.
func (r Report) compileErrors() []finding.Problem {
	return r.problems(isCompileError)
}

// Troubles returns the problems that are told apart from the findings, on
// standard error: those without a position, and our own faults.
func (r Report) Troubles() []finding.Problem {
	return r.problems(func(p finding.Problem) bool { return !isCompileError(p) })
}

func (r Report) problems(keep func(finding.Problem) bool) []finding.Problem {
	var kept []finding.Problem
	for _, p := range r.Problems {
		if keep(p) {
			kept = append(kept, p)
		}
	}
	return kept
}

func isCompileError(p finding.Problem) bool {
	return p.Range.Start.File != "" && !p.Internal
}

// shortfall says why the report doesn't hold all that there is.
func (r Report) shortfall() []string {
	var texts []string
	if r.Interrupted {
		texts = append(texts, "interrupted: there may be more")
	}
	if r.Omitted > 0 {
		texts = append(texts, plural(r.Omitted, "finding")+" more, left out by -max")
	}
	return texts
}

// Base is the directory that users see paths relative to: the one in which
// the command was started.
type Base string

// Path shortens a file name as the go command does: it is relative to the
// base if that is shorter than the absolute name.
func (b Base) Path(file string) string {
	rel, err := filepath.Rel(string(b), file)
	if err != nil || len(rel) >= len(file) {
		return file
	}
	return rel
}

// Position writes path:line:col, or as much of it as is known.
func (b Base) Position(p finding.Position) string {
	switch {
	case p.Line == 0:
		return b.Path(p.File)
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", b.Path(p.File), p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", b.Path(p.File), p.Line, p.Column)
}

// name returns what stands in parentheses behind a message: the check, with
// the sub-kind if there is one.
func name(f finding.Finding) string {
	if f.Kind == "" {
		return f.Check
	}
	return f.Check + "/" + f.Kind
}

// compile is the name behind a compile error.
const compile = "compile"

// nameOfProblem is what stands in place of a check for a problem.
func nameOfProblem(p finding.Problem) string {
	if p.Internal {
		return "internal"
	}
	return compile
}

// told returns what the related positions say, for readers who don't take
// the steps of a schedule apart: these are put in words.
func (r Report) told(f finding.Finding) []string {
	var texts []string
	for _, step := range sequence.Of(f, r.Files).Steps {
		texts = append(texts, step.Sentence())
	}
	if texts != nil {
		return texts
	}
	for _, related := range f.Related {
		texts = append(texts, oneLine(related.Message))
	}
	return texts
}

// remarks says, behind a finding that is normally hidden, why it is.
func remarks(f finding.Finding) string {
	var s string
	if f.Low {
		s += " [low confidence]"
	}
	if f.Suppressed != "" {
		s += " [suppressed: " + oneLine(f.Suppressed) + "]"
	}
	return s
}

// oneLine keeps what was written by others from breaking the format.
func oneLine(s string) string {
	return strings.Join(strings.Fields(s), " ")
}

// severity returns that of the finding. What isn't said counts as a warning.
func severity(f finding.Finding) finding.Severity { return cmp.Or(f.Severity, finding.Warning) }
