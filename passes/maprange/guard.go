package maprange

import (
	"go/ast"
	"go/token"

	"golang.org/x/tools/go/ast/inspector"
)

// A guard is a condition that holds, or doesn't, wherever an insertion runs.
type guard struct {
	cond  *term
	holds bool
}

// guardsOf returns the conditions between the loop and a statement of its
// body.
func (r *ranged) guardsOf(stmt inspector.Cursor, terms *reader) []guard {
	return guardsUpTo(r.loop.Body)(stmt, terms)
}

// guardsUpTo returns a function that lists the conditions on the way from a
// body to a statement in it: those of the branches that hold the statement,
// and those of earlier ones that leave the iteration or, in a called function,
// the function. A branch of the loop that leaves the whole function is none.
func guardsUpTo(body *ast.BlockStmt) func(inspector.Cursor, *reader) []guard {
	return func(stmt inspector.Cursor, terms *reader) []guard {
		var list []guard
		for inner := stmt; inner.Node() != ast.Node(body); inner = inner.Parent() {
			list = append(list, terms.around(inner)...)
			for earlier, ok := inner.PrevSibling(); ok; earlier, ok = earlier.PrevSibling() {
				if branch, ok := earlier.Node().(*ast.IfStmt); ok && branch.Else == nil && skips(branch.Body) {
					list = append(list, terms.conjuncts(branch.Cond, false)...)
				}
			}
		}
		return list
	}
}

// around returns the conditions that the parent puts on a node.
func (r *reader) around(inner inspector.Cursor) []guard {
	switch outer := inner.Parent().Node().(type) {
	case *ast.IfStmt:
		if inner.Node() == ast.Node(outer.Body) || inner.Node() == outer.Else {
			return r.conjuncts(outer.Cond, inner.Node() == ast.Node(outer.Body))
		}
	case *ast.CaseClause:
		return []guard{r.inCase(inner.Parent())}
	}
	return nil
}

// inCase returns the condition of a case, of which only what it is about is
// looked at.
func (r *reader) inCase(clause inspector.Cursor) guard {
	cond := &term{op: "case"}
	switch stmt := clause.Parent().Parent().Node().(type) {
	case *ast.SwitchStmt:
		if stmt.Tag != nil {
			cond.args = append(cond.args, r.term(stmt.Tag))
		}
	case *ast.TypeSwitchStmt:
		cond.args = append(cond.args, keyTerm) // unknown
	}
	for _, e := range clause.Node().(*ast.CaseClause).List {
		if r.info.Types[e].IsValue() {
			cond.args = append(cond.args, r.term(e))
		}
	}
	return guard{cond, true}
}

// conjuncts splits a condition that holds, or doesn't, into parts that all do.
func (r *reader) conjuncts(e ast.Expr, holds bool) []guard {
	switch e := ast.Unparen(e).(type) {
	case *ast.BinaryExpr:
		if holds && e.Op == token.LAND || !holds && e.Op == token.LOR {
			return append(r.conjuncts(e.X, holds), r.conjuncts(e.Y, holds)...)
		}
	case *ast.UnaryExpr:
		if e.Op == token.NOT {
			return r.conjuncts(e.X, !holds)
		}
	}
	return []guard{{r.term(e), holds}}
}

// skips reports whether a branch ends the iteration but not the loop, or, in
// a called function, the function.
func skips(body *ast.BlockStmt) bool {
	if len(body.List) == 0 {
		return false
	}
	switch last := body.List[len(body.List)-1].(type) {
	case *ast.BranchStmt:
		return last.Tok == token.CONTINUE
	case *ast.ReturnStmt:
		return true
	}
	return false
}

// A presence says what a guard knows of the key that is about to be set.
type presence int

const (
	nothing presence = iota
	there
	missing
)

// presenceOf returns what the guard says about an element of the map.
func (g guard) presenceOf(element *term) presence {
	found := there
	cond, holds := g.cond, g.holds
	switch {
	case cond.op == "has" && cond.args[0].equal(element), cond.equal(element):
	case len(cond.args) == 2 && cond.args[0].equal(element) && cond.args[1].isZero() && cond.op == "==":
		holds = !holds
	case len(cond.args) == 2 && cond.args[0].equal(element) && cond.args[1].isZero() && (cond.op == "!=" || cond.op == ">"):
	default:
		return nothing
	}
	if !holds {
		found = missing
	}
	return found
}

// isZero reports whether the term is a zero value.
func (t *term) isZero() bool {
	switch t.op {
	case "object nil", "const 0", `const ""`, "const false":
		return true
	}
	return false
}
