package gclplugin

import (
	"cmp"
	"fmt"
	"go/token"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/cmd/internal/sequence"
	"github.com/goconclint/goconclint/cmd/internal/source"
	"github.com/goconclint/goconclint/passes/directive"
)

// worded returns the diagnostic as golangci-lint can show it: the check in
// front of the message, unless the linter is named so, and behind it, in
// brackets, the related positions, which would be issues of their own.
func (l linter) worded(fset *token.FileSet, check string, d analysis.Diagnostic) analysis.Diagnostic {
	mark := directive.ParseMark(d.Category)
	name := cmp.Or(mark.Check, check)
	if mark.Kind != "" {
		name += "/" + mark.Kind
	}
	if name != l.name {
		d.Message = name + ": " + d.Message
	}
	if places := places(fset, d); len(places) > 0 {
		d.Message += " [" + strings.Join(places, "; ") + "]"
	}
	d.Category, d.Related = name, nil
	return d
}

// shown is how many steps of a schedule a message has: what is to blame
// stands at the end.
const shown = 10

// places returns the related positions in words: a schedule as what the
// goroutines do, in the order of time, others with their labels.
func places(fset *token.FileSet, d analysis.Diagnostic) []string {
	f := finding.Finding{Range: finding.Range{Start: position(fset, d.Pos)}}
	for _, related := range d.Related {
		f.Related = append(f.Related, finding.Related{Range: finding.Range{Start: position(fset, related.Pos)}, Message: related.Message})
	}
	var words []string
	steps := sequence.Of(f, new(source.Files)).Steps
	for _, step := range steps {
		words = append(words, fmt.Sprintf("%s, %s", step.Sentence(), sequence.Place(step.Range.Start)))
	}
	if len(words) > shown {
		words = append([]string{"…"}, words[len(words)-shown:]...)
	}
	if len(steps) > 0 {
		return words
	}
	for _, related := range f.Related {
		words = append(words, fmt.Sprintf("%s, %s", related.Message, sequence.Place(related.Range.Start)))
	}
	return words
}

func position(fset *token.FileSet, pos token.Pos) finding.Position {
	p := fset.Position(pos)
	return finding.Position{File: p.Filename, Offset: p.Offset, Line: p.Line, Column: p.Column}
}
