package maprange

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// cloned returns the fix that ranges over a clone, if the key is made of the
// present one by adding to it: one pass was meant then, while a step from
// one key to others means to go on to the end.
func (r *ranged) cloned(ins insertion) []analysis.SuggestedFix {
	if !ins.direct || !isLonger(ins.key) || match.VersionBefore(r.pass, r.loop.Pos(), "go1.21") || r.over != ast.Unparen(r.loop.X) || r.deletesOthers() {
		return nil
	}
	pkg, imports, ok := edit.Import(r.pass, r.cursor, "maps")
	if !ok {
		return nil
	}
	imports = append(imports, edit.Insert(r.loop.X.Pos(), pkg+".Clone("), edit.Insert(r.loop.X.End(), ")"))
	return []analysis.SuggestedFix{edit.Fix("Range over a clone of the map", imports...)}
}

// isLonger reports whether a key is the present key with something added.
func isLonger(key *term) bool {
	if key.fn != nil && model.Settles(key.fn) {
		return isLonger(key.args[0])
	}
	if key.op == "+" || key.fn != nil && key.fn.Name() == "Sprintf" {
		for _, arg := range key.args {
			if arg.holds(keyTerm) {
				return true
			}
		}
	}
	return false
}

// deletesOthers reports whether an iteration takes out an entry other than
// its own, which a loop over a clone would still see.
func (r *ranged) deletesOthers() bool {
	found := false
	ast.Inspect(r.loop.Body, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok {
			return !found
		}
		if match.Builtin(r.reader.info, call) == "delete" {
			found = found || r.reader.term(call.Args[0]).equal(r.place) && r.reader.term(call.Args[1]) != keyTerm
		}
		return !found
	})
	return found
}
