package edit

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// Presize returns the fix that makes a growing slice or map with room for all
// it will hold. There is none where an empty slice would take the place of a
// nil one that somebody can see, nor where the number may be negative.
func Presize(pass *analysis.Pass, g match.Growth) []analysis.SuggestedFix {
	t := Source(pass, g.Type)
	if g.NilMatters || t == "" || !g.Len && pass.TypesInfo.Types[g.Count].Value == nil {
		return nil
	}
	text := "make(" + t + ", "
	if _, isSlice := g.Var.Type().Underlying().(*types.Slice); isSlice {
		text += "0, "
	}
	text += GrowthSize(pass, g) + ")"
	title := "Make " + g.Var.Name() + " with room for " + GrowthSize(pass, g)
	if g.Empty == nil {
		return []analysis.SuggestedFix{Fix(title, Replace(g.Decl, g.Var.Name()+" := "+text))}
	}
	return []analysis.SuggestedFix{Fix(title, Replace(g.Empty, text))}
}

// GrowthSize writes the number of elements that a growth will have.
func GrowthSize(pass *analysis.Pass, g match.Growth) string {
	count := Print(pass.Fset, ast.Unparen(g.Count))
	if g.Len {
		return "len(" + count + ")"
	}
	return count
}
