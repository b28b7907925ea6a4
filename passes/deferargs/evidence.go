package deferargs

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// missed returns the changes that come too late for a captured value, or nil
// if taking it early does no harm or is the point. Evidence that it does harm
// is one of these:
//
//   - the value is an error: its first value is of no interest to anybody;
//   - the variable still has the constant that it was declared with: nobody
//     passes a constant on by way of a variable;
//   - it counts or collects, and the call tells somebody about it.
//
// Anything else, such as `defer os.Chdir(dir)` with dir used again, is a
// value saved on purpose.
func (d *deferral) missed(c capture) []change {
	if c.as == content {
		return d.contentUsed(c)
	}
	changes := slices.DeleteFunc(d.fn.after(d.step, c.loc), func(ch change) bool { return !d.affects(ch, c) })
	switch {
	case len(changes) == 0 || d.literal != nil && !d.takesByMistake(c):
		return nil
	case d.fn.initial(c.loc.root, d.step):
		if d.setsBack() {
			return nil
		}
		return changes
	case c.as == operand && isError(d.fn.info.TypeOf(c.expr)):
		if d.knownByNow(c) {
			return nil
		}
		return changes
	case d.reports && (c.as == operand || c.as == count):
		return slices.DeleteFunc(changes, func(ch change) bool { return !d.accumulates(ch) })
	}
	return nil
}

// affects reports whether a change of the location makes the captured value
// another one. Elements of maps and slices and what a pointer leads to are
// shared with the deferred call.
func (d *deferral) affects(ch change, c capture) bool {
	switch ch.how {
	case filled:
		return c.as == count && isMap(d.fn.info.TypeOf(c.expr.(*ast.CallExpr).Args[0]))
	case called:
		return false
	}
	return true
}

func isMap(t types.Type) bool {
	_, ok := t.Underlying().(*types.Map)
	return ok
}

// isError reports whether a type is the predeclared error type.
func isError(t types.Type) bool {
	return t != nil && types.Identical(t, types.Universe.Lookup("error").Type())
}

// knownByNow reports whether the code deals with this very error: it is
// deferred under a condition on the error, or together with another result of
// the call that returned it.
func (d *deferral) knownByNow(c capture) bool {
	for cond := range d.cursor.Enclosing((*ast.IfStmt)(nil)) {
		cond := cond.Node().(*ast.IfStmt)
		if d.fn.body.Pos() <= cond.Pos() && match.Mentions(d.fn.info, cond.Cond, c.loc.root) {
			return true
		}
	}
	for _, ch := range d.fn.changes {
		if ch.loc.root == c.loc.root && d.fn.precedes(ch, d.step) && d.capturesOther(ch) && !d.foundNil(c) {
			return true
		}
	}
	return false
}

// setsBack reports whether the function makes the very same call itself, too:
// the deferred one then restores the first value.
//
//	defer setLevel(level)
//	level = debug
//	setLevel(level)
func (d *deferral) setsBack() bool {
	if d.reports || d.method == nil {
		return false
	}
	call := types.ExprString(d.call)
	for cursor := range d.fn.cursor.Preorder((*ast.ExprStmt)(nil)) {
		if types.ExprString(cursor.Node().(*ast.ExprStmt).X) == call {
			return true
		}
	}
	return false
}

// foundNil reports whether the code in front of the statement has left the
// function if there was an error: what is taken is nil.
//
//	tx, err := db.Begin()
//	if err != nil {
//		return err
//	}
//	defer finish(tx, err)
func (d *deferral) foundNil(c capture) bool {
	for before, ok := d.cursor.PrevSibling(); ok; before, ok = before.PrevSibling() {
		branch, isIf := before.Node().(*ast.IfStmt)
		if !isIf || branch.Else != nil || len(branch.Body.List) == 0 {
			continue
		}
		cond, isCmp := ast.Unparen(branch.Cond).(*ast.BinaryExpr)
		if !isCmp || cond.Op != token.NEQ || !d.fn.info.Types[cond.Y].IsNil() || match.LocalVar(d.fn.info, cond.X) != c.loc.root {
			continue
		}
		_, leaves := branch.Body.List[len(branch.Body.List)-1].(*ast.ReturnStmt)
		return leaves
	}
	return false
}

// capturesOther reports whether the statement of a change sets another
// variable, too, that the deferred call takes.
func (d *deferral) capturesOther(ch change) bool {
	for _, set := range match.Assignments(ch.node) {
		v := match.LocalVar(d.fn.info, set.Left)
		if v != nil && v != ch.loc.root && slices.ContainsFunc(d.taken, func(c capture) bool { return c.loc.root == v }) {
			return true
		}
	}
	return false
}

// accumulates reports whether a change makes its location's new value from
// the old: n++, total += size, list = append(list, x), or a map's new element.
// A longer name is just another name.
func (d *deferral) accumulates(ch change) bool {
	switch {
	case ch.how == filled:
		return true
	case ch.how != assigned || isString(d.fn.info.TypeOf(ch.set.Left)):
		return false
	case ch.set.Op != token.ASSIGN && ch.set.Op != token.DEFINE:
		return true
	case ch.set.Right == nil:
		return false
	}
	switch right := ast.Unparen(ch.set.Right).(type) {
	case *ast.BinaryExpr:
		return match.Mentions(d.fn.info, right, ch.loc.root)
	case *ast.CallExpr:
		fn, ok := ast.Unparen(right.Fun).(*ast.Ident)
		return ok && fn.Name == "append" && match.Mentions(d.fn.info, right.Args[0], ch.loc.root)
	}
	return false
}

func isString(t types.Type) bool {
	basic, ok := t.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsString != 0
}

// takesByMistake reports whether the parameter of a deferred function literal
// hides the variable of the same name, as it does for those who think that a
// literal needs its variables handed in. Under another name a value is saved
// on purpose.
func (d *deferral) takesByMistake(c capture) bool {
	param := d.parameterFor(c)
	return param != nil && param.Name() == c.loc.root.Name() && match.Mentions(d.fn.info, d.literal.Body, param)
}

// parameterFor returns the parameter of the deferred literal that gets the
// captured value and nothing but it.
func (d *deferral) parameterFor(c capture) *types.Var {
	params := d.fn.info.TypeOf(d.literal).(*types.Signature).Params()
	for i, arg := range d.call.Args {
		if ast.Unparen(arg) == c.expr && i < params.Len() {
			return params.At(i)
		}
	}
	return nil
}

// contentUsed returns the first use of what the captured content belongs to,
// behind the defer statement, that may change it: any use that isn't itself a
// reading. It matters to calls that tell somebody.
func (d *deferral) contentUsed(c capture) []change {
	if !d.reports {
		return nil
	}
	var found []change
	for id := range d.writes(c.loc.root) {
		ch := change{loc: location{root: c.loc.root}, how: addressed, node: id}
		if step, ok := d.fn.graph.Find(id); ok {
			ch.steps = append(ch.steps, step)
		}
		if d.fn.follows(d.step, ch) && !d.fn.precedes(ch, d.step) {
			found = append(found, ch)
		}
	}
	return found
}
