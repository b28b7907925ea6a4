package deferloop

import (
	"go/ast"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/passes/internal/edit"
)

// wrapped returns the fix that makes the iteration a function literal, called
// on the spot, at whose return the deferred call runs. What continues with
// the next iteration returns from the literal; what returns an error from the
// function hands it on:
//
//	for … {
//		if err := func() error {
//			…
//			return nil
//		}(); err != nil {
//			return 0, err
//		}
//	}
//
// There is no fix when the iteration can leave the loop in another way, or
// when other deferred calls would come along.
func (c *checker) wrapped(s *site) []analysis.SuggestedFix {
	body := s.body()
	exits := s.exits(body)
	if exits.other || defers(body) != 1 {
		return nil
	}
	file := c.pass.Fset.File(body.Pos())
	if file.Line(body.Lbrace) == file.Line(body.List[0].Pos()) {
		return nil // for … { f(); defer g() }: rare, and gofmt would have to help
	}
	indent := edit.Indentation(c.pass, body.Rbrace)
	opening, ending, next := "func() {", "\t}()\n", "return"
	if len(exits.returns) > 0 {
		before, ok := s.handedOn(exits.returns)
		if !ok {
			return nil
		}
		opening, next = "if err := func() error {", "return nil"
		ending = "\t\treturn nil\n" + indent + "\t}(); err != nil {\n" + indent + "\t\treturn " + before + "err\n" + indent + "\t}\n"
	}
	edits := append(edit.Indent(c.pass, body.Lbrace, file.LineStart(file.Line(body.Rbrace))),
		edit.Insert(body.Lbrace+1, "\n"+indent+"\t"+opening),
		edit.Insert(body.Rbrace, ending+indent))
	for _, stmt := range exits.continues {
		edits = append(edits, edit.Replace(stmt, next))
	}
	for _, stmt := range exits.returns {
		first, last := stmt.Results[0], stmt.Results[len(stmt.Results)-1]
		if first != last {
			edits = append(edits, analysis.TextEdit{Pos: first.Pos(), End: last.Pos()})
		}
	}
	return []analysis.SuggestedFix{edit.Fix("Make the iteration a function", edits...)}
}

// defers counts the defer statements of the body.
func defers(body *ast.BlockStmt) int {
	count := 0
	ast.Inspect(body, func(n ast.Node) bool {
		if _, ok := n.(*ast.DeferStmt); ok {
			count++
		}
		_, isLit := n.(*ast.FuncLit)
		return !isLit
	})
	return count
}
