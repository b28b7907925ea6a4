package gclplugin

import (
	"go/ast"
	"go/token"
	"slices"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/directive"
)

// hidden reports whether a diagnostic isn't shown: one of low confidence, or
// one that a comment silences. If golangci-lint reads the comment as we do,
// it gets the diagnostic and silences it itself: its nolintlint would call
// the comment unused otherwise.
func (l linter) hidden(pass *analysis.Pass, check string, d analysis.Diagnostic) bool {
	mark := directive.ParseMark(d.Category)
	if mark.Low || mark.Suppressed == "" {
		return mark.Low
	}
	index := pass.ResultOf[directive.Analyzer].(*directive.Index)
	by := index.Silences(check, d.Pos)
	return by == nil || !by.Shared || !slices.Contains(by.Names, l.name) || !obeyed(pass, by.Pos, d.Pos)
}

// obeyed reports whether golangci-lint sees a nolint comment as covering a
// place: on the lines of its group, or in code that begins below the group
// and in the same column.
func obeyed(pass *analysis.Pass, comment, place token.Pos) bool {
	i := slices.IndexFunc(pass.Files, func(f *ast.File) bool { return f.FileStart <= comment && comment < f.FileEnd })
	if i < 0 {
		return false
	}
	file := pass.Files[i]
	line := func(pos token.Pos) int { return pass.Fset.PositionFor(pos, false).Line }
	column := func(pos token.Pos) int { return pass.Fset.PositionFor(pos, false).Column }
	for _, group := range file.Comments {
		if comment < group.Pos() || group.End() < comment {
			continue
		}
		covers := func(n ast.Node) bool {
			return line(n.Pos()) == line(group.End())+1 && column(n.Pos()) == column(group.Pos()) && line(place) <= line(n.End())
		}
		return line(place) >= line(group.Pos()) && (line(place) <= line(group.End()) || anyNode(file, covers))
	}
	return false
}

func anyNode(file *ast.File, holds func(ast.Node) bool) bool {
	found := false
	ast.Inspect(file, func(n ast.Node) bool {
		found = found || n != nil && holds(n)
		return !found
	})
	return found
}
