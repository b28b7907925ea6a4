package maprange

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// A reason says what an iteration on the new key would do.
type reason string

const (
	addsMore reason = "adds another"
	doesMore reason = "does the rest for it, too"
	adjusts  reason = "changes it again"
)

// matters reports whether the loop's outcome depends on whether it sees the
// key that an insertion adds. The iteration on the new entry is compared with
// the one that added it: does it get to the insertion, and is what it adds
// there already?
func (r *ranged) matters(ins insertion) (reason, bool) {
	element := &term{op: "[]", args: []*term{r.place, ins.key}}
	passes := true
	for _, g := range ins.guards {
		switch {
		case g.presenceOf(element) == there:
			return "", false
		case g.presenceOf(element) == missing || !g.cond.varies():
			continue
		}
		passes = passes && ins.value != nil && g.cond.next(ins.key, ins.value).equal(g.cond)
	}
	if !r.isNew(ins) || !r.goesOn(ins) || r.inOneRound(ins) || r.runsAgain() {
		return "", false
	}
	if passes && r.adds(ins) {
		return addsMore, true
	}
	if passes && ins.key.isFixed() && ins.value == nil {
		return adjusts, true // m["total"] += n: is the total itself counted?
	}
	return doesMore, r.settledOrLeads(ins.key) && r.doesMore(ins)
}

// isNew reports whether nothing says that the key is there already. What is
// made of an element's old value mostly is of one that has one.
func (r *ranged) isNew(ins insertion) bool {
	if r.addedBefore(ins) || r.ofSameMap(ins.key) {
		return false
	}
	return ins.value != nil || !ins.key.varies() || ins.key.op == "+"
}

// adds reports whether the iteration on the new entry adds one that neither
// it nor the present one is.
func (r *ranged) adds(ins insertion) bool {
	if !ins.key.leads() {
		return false
	}
	value := ins.value
	if value == nil {
		value = &term{op: "unknown value"}
	}
	next := ins.key.next(keyTerm, value)
	if ins.key.holds(valueTerm) && !next.equal(ins.key) && !value.equal(keyTerm) && !isScalar(value) {
		return false // what hangs on a new value isn't known
	}
	next = ins.key.next(ins.key, value)
	return !next.equal(ins.key) && next != keyTerm && next.leads()
}

// isScalar reports whether a value holds nothing.
func isScalar(t *term) bool { return t.op == "const true" || t.op == "const false" }

// settledOrLeads reports whether it is known what a key is made by.
func (r *ranged) settledOrLeads(key *term) bool {
	return key.leads() || key.fn != nil && model.Settles(key.fn) && key.varies()
}

// doesMore reports whether an iteration has an effect beside the insertions
// that every entry gets to.
func (r *ranged) doesMore(ins insertion) bool { return r.effectIn(r.loop.Body.List, ins) }

// effectIn looks for an effect in statements that run for all entries, up to
// the first condition that lets only some go on.
func (r *ranged) effectIn(stmts []ast.Stmt, ins insertion) bool {
	for _, stmt := range stmts {
		switch stmt := stmt.(type) {
		case *ast.IfStmt:
			if stmt.Init != nil && r.isEffect(stmt.Init, ins) {
				return true
			}
			if skips(stmt.Body) {
				if _, leaves := stmt.Body.List[len(stmt.Body.List)-1].(*ast.ReturnStmt); !leaves {
					return false
				}
			}
		case *ast.BlockStmt:
			if r.effectIn(stmt.List, ins) {
				return true
			}
		default:
			if r.isEffect(stmt, ins) {
				return true
			}
		}
	}
	return false
}

// isEffect reports whether a statement does something once per entry that
// can be told from doing it twice: a call for its effect, a count, an append,
// a send. What is only logged doesn't count.
func (r *ranged) isEffect(stmt ast.Stmt, ins insertion) bool {
	if stmt.Pos() <= ins.at.Pos() && ins.at.End() <= stmt.End() {
		return false
	}
	switch stmt := stmt.(type) {
	case *ast.SendStmt:
		return true
	case *ast.ExprStmt:
		call, ok := stmt.X.(*ast.CallExpr)
		return ok && r.acts(call)
	case *ast.AssignStmt, *ast.IncDecStmt:
		for _, set := range match.Assignments(stmt) {
			if r.accumulates(set) {
				return true
			}
		}
	}
	return false
}

// acts reports whether a call that stands by itself does something to or
// with the entry.
func (r *ranged) acts(call *ast.CallExpr) bool {
	switch fn := typeutil.Callee(r.info, call).(type) {
	case *types.Builtin:
		return false
	case *types.Func:
		if model.Logs(fn) || model.LockOperation(fn) != 0 {
			return false
		}
	}
	return r.reader.call(call).varies()
}

// accumulates reports whether an assignment adds to a variable from outside
// the loop.
func (r *ranged) accumulates(set match.Assignment) bool {
	v := match.LocalVar(r.info, set.Left)
	if v == nil || r.loop.Pos() <= v.Pos() && v.Pos() < r.loop.End() {
		return false
	}
	if call, ok := set.Right.(*ast.CallExpr); ok {
		builtin, ok := typeutil.Callee(r.info, call).(*types.Builtin)
		return ok && builtin.Name() == "append"
	}
	return definesFromOld(set)
}
