// Package edit makes the text edits of suggested fixes.
package edit

import (
	"bytes"
	"go/ast"
	"go/format"
	"go/token"

	"golang.org/x/tools/go/analysis"
)

// Insert returns an edit that puts text in front of pos.
func Insert(pos token.Pos, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: pos, End: pos, NewText: []byte(text)}
}

// Replace returns an edit that puts text in the place of the node.
func Replace(n ast.Node, text string) analysis.TextEdit {
	return analysis.TextEdit{Pos: n.Pos(), End: n.End(), NewText: []byte(text)}
}

// Fix returns a fix with a title, a capitalised imperative.
func Fix(title string, edits ...analysis.TextEdit) analysis.SuggestedFix {
	return analysis.SuggestedFix{Message: title, TextEdits: edits}
}

// Source returns the text of a node as the file has it, comments included,
// or "" when the file can't be read.
func Source(pass *analysis.Pass, n ast.Node) string {
	file := pass.Fset.File(n.Pos())
	content, err := pass.ReadFile(file.Name())
	if err != nil {
		return ""
	}
	start, end := file.Offset(n.Pos()), file.Offset(n.End())
	if start > end || end > len(content) {
		return ""
	}
	return string(content[start:end])
}

// Print returns the text of an expression as gofmt writes it: for messages.
func Print(fset *token.FileSet, n ast.Node) string {
	var buf bytes.Buffer
	if err := format.Node(&buf, fset, n); err != nil {
		return ""
	}
	return buf.String()
}
