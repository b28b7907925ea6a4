package report

import (
	"go/ast"
	"go/token"
	"path/filepath"
	"strconv"

	"golang.org/x/tools/go/analysis"
)

// Span is a range given by its two ends.
type Span struct{ From, To token.Pos }

// Pos returns the start of the range.
func (s Span) Pos() token.Pos { return s.From }

// End returns the end of the range.
func (s Span) End() token.Pos { return s.To }

// Here returns a related position with its label.
func Here(n analysis.Range, message string) analysis.RelatedInformation {
	return analysis.RelatedInformation{Pos: n.Pos(), End: n.End(), Message: message}
}

// FileLine returns a position as messages name it: "file.go:12".
func FileLine(fset *token.FileSet, pos token.Pos) string {
	p := fset.Position(pos)
	return filepath.Base(p.Filename) + ":" + strconv.Itoa(p.Line)
}

// Word returns the range of a keyword that starts the statement: to blame
// "go" or "defer" rather than all that stands behind it.
func Word(n ast.Node, word string) Span {
	return Span{n.Pos(), n.Pos() + token.Pos(len(word))}
}

// analysisRange is the range of a diagnostic, whose End is optional.
type analysisRange struct{ d analysis.Diagnostic }

func (r analysisRange) Pos() token.Pos { return r.d.Pos }
func (r analysisRange) End() token.Pos {
	if r.d.End.IsValid() {
		return r.d.End
	}
	return r.d.Pos
}
