// Package report is the one way in which checks report: narrow ranges,
// categories, URLs, related positions, no report on generated files, one
// report per mistake, and suppression comments obeyed and judged.
package report

import (
	"fmt"
	"go/ast"
	"go/token"
	"sort"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/directive"
)

// A Finding is one mistake as a check sees it.
type Finding struct {
	Range   analysis.Range // the narrowest syntax to blame
	Kind    string         // sub-kind of the check, "" for none
	Message string         // one line, lower case, no full stop
	Related []analysis.RelatedInformation
	Fixes   []analysis.SuggestedFix

	// Subject names the mistake: two findings of one check with equal
	// non-nil subjects say the same thing, and only the first in source
	// order is reported. A types.Object or a token.Pos, say.
	Subject any

	// Low marks a finding that is right less often than nine times of ten:
	// shown only when asked for.
	Low bool
}

// Requires is what an analyzer that reports must have in its Requires.
var Requires = directive.Analyzer

// A Reporter collects the findings of one check on one package.
type Reporter struct {
	pass      *analysis.Pass
	index     *directive.Index
	findings  []Finding
	truncated bool
}

// New returns the reporter of the pass, whose analyzer requires [Requires].
func New(pass *analysis.Pass) *Reporter {
	return &Reporter{pass: pass, index: pass.ResultOf[directive.Analyzer].(*directive.Index)}
}

// Add records a finding; nothing is reported before [Reporter.Flush].
func (r *Reporter) Add(f Finding) { r.findings = append(r.findings, f) }

// Addf records a finding that is a range and a message.
func (r *Reporter) Addf(rng analysis.Range, format string, args ...any) {
	r.Add(Finding{Range: rng, Message: fmt.Sprintf(format, args...)})
}

// Truncate says that the check gave up on part of the package, so that a
// suppression comment which silenced nothing isn't blamed for it.
func (r *Reporter) Truncate() { r.truncated = true }

// Flush reports the findings in source order, each mistake once, and then
// the suppression comments that name this check and silenced nothing.
func (r *Reporter) Flush() {
	sort.SliceStable(r.findings, func(i, j int) bool { return less(r.findings[i], r.findings[j]) })
	used := make(map[*directive.Placed]bool)
	for _, f := range dedupe(r.findings) {
		if Generated(r.pass, f.Range.Pos()) {
			continue
		}
		by := r.index.Silences(r.pass.Analyzer.Name, f.Range.Pos())
		if by != nil {
			used[by] = true
		} else if !f.Low {
			r.judgeReasonless(r.index.Reasonless(r.pass.Analyzer.Name, f.Range.Pos()), used)
		}
		r.emit(f, by)
	}
	r.findings = nil
	if !r.truncated && r.index.JudgesUnused() {
		r.judgeComments(used)
	}
}

func less(a, b Finding) bool {
	if a.Range.Pos() != b.Range.Pos() {
		return a.Range.Pos() < b.Range.Pos()
	}
	return a.Message < b.Message
}

// dedupe keeps the first of several findings about one subject, and of
// several that say the same at the same place. The list is sorted.
func dedupe(findings []Finding) []Finding {
	type place struct {
		pos     token.Pos
		message string
	}
	subjects, places := make(map[any]bool), make(map[place]bool)
	var kept []Finding
	for _, f := range findings {
		at := place{f.Range.Pos(), f.Message}
		if places[at] || f.Subject != nil && subjects[f.Subject] {
			continue
		}
		places[at] = true
		if f.Subject != nil {
			subjects[f.Subject] = true
		}
		kept = append(kept, f)
	}
	return kept
}

// emit hands one finding to the driver, or drops it when it is hidden and
// the driver doesn't take hidden findings.
func (r *Reporter) emit(f Finding, by *directive.Placed) {
	mark := directive.Mark{Check: r.pass.Analyzer.Name, Kind: f.Kind, Low: f.Low}
	if by != nil {
		mark.Suppressed = by.Why()
	}
	if (by != nil || f.Low) && !r.index.Marks() {
		return
	}
	r.pass.Report(analysis.Diagnostic{
		Pos: f.Range.Pos(), End: f.Range.End(),
		Category: mark.Category(), URL: r.pass.Analyzer.URL,
		Message: f.Message, Related: f.Related, SuggestedFixes: keepingComments(r.pass, f.Fixes),
	})
}

// judgeReasonless reports a comment that would silence a finding if it said
// why, once.
func (r *Reporter) judgeReasonless(placed *directive.Placed, seen map[*directive.Placed]bool) {
	if placed == nil || seen[placed] {
		return
	}
	seen[placed] = true
	r.pass.Report(analysis.Diagnostic{
		Pos: placed.Pos, End: placed.End,
		Category: directive.Name, URL: directive.Analyzer.URL,
		Message: fmt.Sprintf("comment silences %s without a reason, so it has no effect: say why behind the name", r.pass.Analyzer.Name),
	})
}

// judgeComments reports the comments that silenced nothing.
func (r *Reporter) judgeComments(used map[*directive.Placed]bool) {
	name := r.pass.Analyzer.Name
	for _, placed := range r.index.Naming(name) {
		if used[placed] || Generated(r.pass, placed.Pos) {
			continue
		}
		d := analysis.Diagnostic{
			Pos: placed.Pos, End: placed.End,
			Category: directive.Name, URL: directive.Analyzer.URL,
			Message: fmt.Sprintf("comment silences %s, which reports nothing here", name),
		}
		if len(placed.Names) == 1 {
			d.SuggestedFixes = []analysis.SuggestedFix{placed.Deletion()}
		}
		r.pass.Report(d)
	}
}

// Generated reports whether the code at pos was written by a program. What a
// //line comment maps to another Go file, as cgo's output does, counts as
// the code of that file, and is judged as handwritten.
func Generated(pass *analysis.Pass, pos token.Pos) bool {
	file := fileOf(pass, pos)
	if file == nil || !ast.IsGenerated(file) {
		return false
	}
	written := pass.Fset.PositionFor(pos, false).Filename
	mapped := pass.Fset.PositionFor(pos, true).Filename
	return written == mapped || !strings.HasSuffix(mapped, ".go")
}

func fileOf(pass *analysis.Pass, pos token.Pos) *ast.File {
	for _, file := range pass.Files {
		if file.FileStart <= pos && pos <= file.FileEnd {
			return file
		}
	}
	return nil
}
