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
	file, content := contentOf(pass, n.Pos())
	if content == nil {
		return ""
	}
	return string(content[file.Offset(n.Pos()):file.Offset(n.End())])
}

// contentOf returns the file that holds pos and its content, which is nil when the
// file can't be read or isn't any more what was parsed.
func contentOf(pass *analysis.Pass, pos token.Pos) (*token.File, []byte) {
	file := pass.Fset.File(pos)
	content, err := pass.ReadFile(file.Name())
	if err != nil || len(content) != file.Size() {
		return file, nil
	}
	return file, content
}

// Print returns the text of an expression as gofmt writes it: for messages.
func Print(fset *token.FileSet, n ast.Node) string {
	var buf bytes.Buffer
	if err := format.Node(&buf, fset, n); err != nil {
		return ""
	}
	return buf.String()
}
