package neverclosed

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/ast/inspector"

	"github.com/goconclint/goconclint/passes/internal/edit"
)

// closingFix closes a channel that is closed nowhere, where it is plain who
// sends and when that is over.
func (c *checker) closingFix(ch *channel) (analysis.SuggestedFix, bool) {
	var name string
	var senders []inspector.Cursor
	for _, send := range ch.sends {
		cursor, ok := c.syntax(send.Pos())
		if !ok {
			return analysis.SuggestedFix{}, false // in a select
		}
		stmt, ok := cursor.Node().(*ast.SendStmt)
		if !ok {
			return analysis.SuggestedFix{}, false
		}
		id, ok := stmt.Chan.(*ast.Ident)
		if !ok || name != "" && name != id.Name || c.pass.TypesInfo.Uses[id] == nil {
			return analysis.SuggestedFix{}, false
		}
		name = id.Name
		senders = append(senders, cursor)
	}
	if body, ok := c.onlySender(senders); ok {
		return edit.Fix("Close the channel when the sender is done", c.deferClose(body, name)), true
	}
	return c.closeBehind(ch, senders, name)
}

// onlySender returns the body of the one goroutine that sends, if it is a
// literal that is started once.
func (c *checker) onlySender(sends []inspector.Cursor) (*ast.BlockStmt, bool) {
	var only *ast.FuncLit
	for _, send := range sends {
		var goroutine *ast.FuncLit
		for cursor := range send.Enclosing((*ast.FuncLit)(nil)) {
			if cursor.ParentEdgeKind() == edge.CallExpr_Fun && cursor.Parent().ParentEdgeKind() == edge.GoStmt_Call {
				goroutine = cursor.Node().(*ast.FuncLit)
				if inLoop(cursor) {
					return nil, false
				}
				break
			}
		}
		if goroutine == nil || only != nil && only != goroutine {
			return nil, false
		}
		only = goroutine
	}
	return only.Body, true
}

// inLoop reports whether a node may run several times in one call of the
// function around it.
func inLoop(cursor inspector.Cursor) bool {
	for around := range cursor.Parent().Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.LabeledStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch around.Node().(type) {
		case *ast.FuncLit, *ast.FuncDecl:
			return false
		}
		return true
	}
	return false
}

func (c *checker) deferClose(body *ast.BlockStmt, name string) analysis.TextEdit {
	return edit.Insert(body.List[0].Pos(), "defer close("+name+")\n"+edit.Indentation(c.pass, body.List[0].Pos()))
}

// closeBehind closes the channel behind the last statement that sends, if
// the function that makes it does all the sending, in statements of its body
// that don't return.
func (c *checker) closeBehind(ch *channel, sends []inspector.Cursor, name string) (analysis.SuggestedFix, bool) {
	if len(ch.made) != 1 {
		return analysis.SuggestedFix{}, false
	}
	made, ok := c.syntax(ch.made[0].Pos())
	if !ok {
		return analysis.SuggestedFix{}, false
	}
	first, ok := bodyStatement(made)
	if !ok {
		return analysis.SuggestedFix{}, false
	}
	var last inspector.Cursor
	for _, send := range sends {
		stmt, ok := bodyStatement(send)
		if !ok || stmt.Parent() != first.Parent() {
			return analysis.SuggestedFix{}, false
		}
		if !last.Valid() || last.Node().Pos() < stmt.Node().Pos() {
			last = stmt
		}
	}
	if !c.declares(first.Node(), name) || returns(first, last) {
		return analysis.SuggestedFix{}, false
	}
	text := "\n" + edit.Indentation(c.pass, last.Node().Pos()) + "close(" + name + ")"
	return edit.Fix("Close the channel when all is sent", edit.Insert(last.Node().End(), text)), true
}

// bodyStatement returns the statement of a function's body that holds the
// node, if no function literal lies between.
func bodyStatement(n inspector.Cursor) (inspector.Cursor, bool) {
	for n.ParentEdgeKind() != edge.BlockStmt_List || !isBody(n.Parent()) {
		if _, ok := n.Node().(*ast.FuncLit); ok {
			return n, false
		}
		if n = n.Parent(); isFile(n) {
			return n, false
		}
	}
	return n, true
}

func isBody(block inspector.Cursor) bool {
	kind := block.ParentEdgeKind()
	return kind == edge.FuncDecl_Body || kind == edge.FuncLit_Body
}

func isFile(cursor inspector.Cursor) bool {
	_, ok := cursor.Node().(*ast.File)
	return ok
}

// declares reports whether the statement declares a variable of the name.
func (c *checker) declares(stmt ast.Node, name string) bool {
	found := false
	ast.Inspect(stmt, func(n ast.Node) bool {
		id, ok := n.(*ast.Ident)
		if ok && id.Name == name {
			_, isVar := c.pass.TypesInfo.Defs[id].(*types.Var)
			found = found || isVar
		}
		return !found
	})
	return found
}

// returns reports whether a statement between two of one list returns or
// jumps away.
func returns(first, last inspector.Cursor) bool {
	for stmt, ok := first, true; ok; stmt, ok = stmt.NextSibling() {
		found := false
		ast.Inspect(stmt.Node(), func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				return false
			case *ast.ReturnStmt:
				found = true
			case *ast.BranchStmt:
				found = found || n.Tok == token.GOTO
			}
			return !found
		})
		if found || stmt == last {
			return found
		}
	}
	return true
}

// deferFix defers the close that stands at the end of a goroutine's body.
func (c *checker) deferFix(closing inspector.Cursor) (analysis.SuggestedFix, bool) {
	stmt := closing.Parent()
	if _, more := stmt.NextSibling(); more {
		return analysis.SuggestedFix{}, false // what follows needs it closed
	}
	body := stmt.Parent()
	if body.ParentEdgeKind() != edge.FuncLit_Body || body.Parent().ParentEdgeKind() != edge.CallExpr_Fun {
		return analysis.SuggestedFix{}, false
	}
	id, ok := closing.Node().(*ast.CallExpr).Args[0].(*ast.Ident)
	if !ok {
		return analysis.SuggestedFix{}, false
	}
	return edit.Fix("Defer the close", c.deferClose(body.Node().(*ast.BlockStmt), id.Name), edit.Line(c.pass, stmt.Node())), true
}
