package gclplugin

import (
	"bytes"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"
)

// fixes chooses, for the diagnostics of one package, what golangci-lint can
// apply: it takes every fix of a diagnostic, applies all edits to the
// diagnostic's own file, and drops all fixes of a linter in a file where two
// of them touch the same place.
type fixes struct {
	fset  *token.FileSet
	taken []analysis.TextEdit
}

// choose returns the first fix that changes the diagnostic's file only, and
// nothing that an earlier one changes, or none.
func (f *fixes) choose(d analysis.Diagnostic) []analysis.SuggestedFix {
	file := f.fset.File(d.Pos)
	for _, fix := range d.SuggestedFixes {
		if slices.ContainsFunc(fix.TextEdits, func(e analysis.TextEdit) bool { return f.fset.File(e.Pos) != file || f.conflicts(e) }) {
			continue
		}
		f.taken = append(f.taken, fix.TextEdits...)
		return []analysis.SuggestedFix{fix}
	}
	return nil
}

// conflicts reports whether an edit touches the place of one that is taken.
// Two that are equal, as the deletion of one import by two fixes, don't.
func (f *fixes) conflicts(e analysis.TextEdit) bool {
	return slices.ContainsFunc(f.taken, func(taken analysis.TextEdit) bool {
		same := e.Pos == taken.Pos && end(e) == end(taken)
		if same && bytes.Equal(e.NewText, taken.NewText) {
			return e.Pos == end(e) // two insertions would insert twice
		}
		return same || e.Pos < end(taken) && taken.Pos < end(e)
	})
}

func end(e analysis.TextEdit) token.Pos {
	if e.End.IsValid() {
		return e.End
	}
	return e.Pos
}
