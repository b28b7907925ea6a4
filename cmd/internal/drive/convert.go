package drive

import (
	"errors"
	"go/token"
	"net/url"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/finding"
	"github.com/goconclint/goconclint/passes/directive"
)

// A converter turns positions in the file set into positions in files.
type converter struct {
	fset   *token.FileSet
	goroot string
}

// finding converts what an analyzer reported on a node.
func (c *converter) finding(n *node, a *analysis.Analyzer, d analysis.Diagnostic) finding.Finding {
	mark := markOf(a, d.Category)
	f := finding.Finding{
		Check: mark.Check, Kind: mark.Kind, Low: mark.Low, Suppressed: mark.Suppressed,
		Message: d.Message,
		URL:     diagnosticURL(a, d),
		Package: n.path,
		Range:   c.span(d.Pos, d.End),
	}
	for _, related := range d.Related {
		f.Related = append(f.Related, finding.Related{Range: c.span(related.Pos, related.End), Message: related.Message})
	}
	for _, suggested := range d.SuggestedFixes {
		if edits, ok := c.edits(n, suggested.TextEdits); ok {
			f.Fixes = append(f.Fixes, finding.Fix{Message: suggested.Message, Edits: edits})
		}
	}
	return f
}

// markOf reads the category. Analyzers of other houses use it as they like:
// what isn't a name of ours there is a kind of the analyzer's findings.
func markOf(a *analysis.Analyzer, category string) directive.Mark {
	mark := directive.ParseMark(category)
	switch mark.Check {
	case a.Name, directive.Name:
	case "":
		mark.Check = a.Name
	default:
		mark.Kind = strings.TrimSuffix(mark.Check+"/"+mark.Kind, "/")
		mark.Check = a.Name
	}
	return mark
}

// diagnosticURL returns the diagnostic's URL, which may be relative to that
// of the analyzer.
func diagnosticURL(a *analysis.Analyzer, d analysis.Diagnostic) string {
	base, err := url.Parse(a.URL)
	if err != nil || d.URL == "" {
		return a.URL
	}
	ref, err := url.Parse(d.URL)
	if err != nil {
		return a.URL
	}
	return base.ResolveReference(ref).String()
}

// span converts a range; end may be unknown.
func (c *converter) span(start, end token.Pos) finding.Range {
	r := finding.Range{Start: c.position(start)}
	if end.IsValid() && end >= start {
		r.End = c.position(end)
	}
	return r
}

// position returns where the code at pos stands for a reader, //line comments
// taken into account, as compilers and go vet do. The offset is that in the
// file itself and unknown when another is named.
func (c *converter) position(pos token.Pos) finding.Position {
	if !pos.IsValid() {
		return finding.Position{}
	}
	p := c.resolved(c.fset.PositionFor(pos, true))
	if file := c.fset.File(pos); file == nil || c.path(file.Name()) != p.File {
		p.Offset = -1
	}
	return p
}

func (c *converter) resolved(p token.Position) finding.Position {
	return finding.Position{File: c.path(p.Filename), Offset: p.Offset, Line: p.Line, Column: p.Column}
}

// path returns the absolute, clean path of a file. Compiled packages of the
// standard library name theirs relative to $GOROOT.
func (c *converter) path(name string) string {
	if rest, ok := strings.CutPrefix(name, "$GOROOT"); ok {
		name = c.goroot + rest
	}
	return filepath.Clean(filepath.FromSlash(name))
}

// edits converts the edits of a fix, which speak of the bytes of files as
// they are. A fix is dropped when one of its edits is none for this package's
// own folder, as with what cgo generates, which lies in a cache.
func (c *converter) edits(n *node, list []analysis.TextEdit) ([]finding.Edit, bool) {
	var edits []finding.Edit
	for _, e := range list {
		edit, err := c.edit(e)
		if err != nil || filepath.Dir(edit.File) != filepath.Clean(n.Dir) {
			return nil, false
		}
		edits = append(edits, edit)
	}
	return edits, len(edits) > 0
}

var errEdit = errors.New("edit outside a file")

func (c *converter) edit(e analysis.TextEdit) (finding.Edit, error) {
	end := e.End
	if !end.IsValid() {
		end = e.Pos
	}
	file := c.fset.File(e.Pos)
	if file == nil || end < e.Pos || int(end) > file.Base()+file.Size() {
		return finding.Edit{}, errEdit
	}
	return finding.Edit{
		File:  c.path(file.Name()),
		Start: file.Offset(e.Pos),
		End:   file.Offset(end),
		New:   string(e.NewText),
	}, nil
}
