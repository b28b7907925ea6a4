package report

import (
	"bytes"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
)

// keepingComments returns the fixes that lose no comment: what somebody has
// written for readers isn't a check's to delete. A check that wants to offer
// its fix there, too, has to carry the comments over.
func keepingComments(pass *analysis.Pass, fixes []analysis.SuggestedFix) []analysis.SuggestedFix {
	return slices.DeleteFunc(slices.Clone(fixes), func(fix analysis.SuggestedFix) bool { return losesComment(pass, fix) })
}

// losesComment reports whether the fix deletes a comment that it doesn't put
// in again. One that stands behind code on its line is about that code, and
// goes with it.
func losesComment(pass *analysis.Pass, fix analysis.SuggestedFix) bool {
	var text strings.Builder
	for _, e := range fix.TextEdits {
		text.Write(e.NewText)
		text.WriteByte('\n')
	}
	for _, e := range fix.TextEdits {
		for _, comment := range commentsWithin(pass, e.Pos, e.End) {
			if !strings.Contains(text.String(), comment) {
				return true
			}
		}
	}
	return false
}

// commentsWithin returns the text of the comments between two positions, but
// for those behind code that stands there, too.
func commentsWithin(pass *analysis.Pass, from, to token.Pos) []string {
	file := fileOf(pass, from)
	if file == nil || to <= from {
		return nil
	}
	var list []string
	for _, group := range file.Comments {
		for _, comment := range group.List {
			if from <= comment.Pos() && comment.End() <= to && !behindCode(pass, comment.Pos(), from) {
				list = append(list, comment.Text)
			}
		}
	}
	return list
}

// behindCode reports whether code stands in front of a position on its line,
// from another position on.
func behindCode(pass *analysis.Pass, pos, from token.Pos) bool {
	file := pass.Fset.File(pos)
	content, err := pass.ReadFile(file.Name())
	if err != nil || file.Offset(pos) > len(content) {
		return false
	}
	start := max(file.LineStart(file.Line(pos)), from)
	return len(bytes.TrimSpace(content[file.Offset(start):file.Offset(pos)])) > 0
}
