package deferargs

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ast/edge"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// closure returns the fix that puts the deferred call into a function
// literal, so that it evaluates everything when the function returns, or nil
// if that would change more than the stale values: another operand that
// changes, a call with an effect, or a callee that may call recover, which
// works in the deferred function alone.
func (c *checker) closure(d *deferral, stale []capture) []analysis.SuggestedFix {
	if d.literal != nil {
		return c.withoutParameter(d, stale)
	}
	if d.inLoop() || c.mayRecover(d) || !c.harmlessLate(d, stale) {
		return nil
	}
	from, to := d.call.Pos(), d.call.End()
	if !strings.Contains(edit.Source(c.pass, d.call), "\n") {
		return []analysis.SuggestedFix{edit.Fix("Defer a function literal",
			edit.Insert(from, "func() { "), edit.Insert(to, " }()"))}
	}
	indent := edit.Indentation(c.pass, d.stmt.Pos())
	edits := append(edit.Indent(c.pass, from, to),
		edit.Insert(from, "func() {\n"+indent+"\t"), edit.Insert(to, "\n"+indent+"}()"))
	return []analysis.SuggestedFix{edit.Fix("Defer a function literal", edits...)}
}

// inLoop reports whether the statement may run more than once per call, so
// that a literal could share variables with the next round's.
func (d *deferral) inLoop() bool {
	return d.fn.graph.Reaches(d.step, d.step, func(program.Step) bool { return false })
}

// mayRecover reports whether the deferred function may call recover itself.
// Of functions out of sight those of the standard library don't, nor do those
// that are named for telling somebody something.
func (c *checker) mayRecover(d *deferral) bool {
	if d.method == nil {
		_, builtin := typeutil.Callee(d.fn.info, d.call).(*types.Builtin)
		return !builtin
	}
	if d.method.Pkg() == c.pass.Pkg && !types.IsInterface(receiverType(d.method)) {
		body := c.bodyOf(d.method)
		return body == nil || callsRecover(d.fn.info, body)
	}
	return !d.reports && !model.IsStandard(d.method.Pkg())
}

func receiverType(fn *types.Func) types.Type {
	if recv := fn.Signature().Recv(); recv != nil {
		return recv.Type()
	}
	return types.Typ[types.Invalid]
}

func callsRecover(info *types.Info, body *ast.BlockStmt) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			builtin, ok := typeutil.Callee(info, call).(*types.Builtin)
			found = found || ok && builtin.Name() == "recover"
		}
		return !found
	})
	return found
}

// harmlessLate reports whether everything in the call but the stale captures
// means the same when it is evaluated at the function's return.
func (c *checker) harmlessLate(d *deferral, stale []capture) bool {
	for cur := range d.cursor.Preorder((*ast.CallExpr)(nil), (*ast.UnaryExpr)(nil), (*ast.Ident)(nil)) {
		switch n := cur.Node().(type) {
		case *ast.CallExpr:
			if n != d.call && !c.repeatable(n) {
				return false
			}
		case *ast.UnaryExpr:
			if n.Op == token.ARROW {
				return false
			}
		case *ast.Ident:
			if cur.ParentEdgeKind() != edge.SelectorExpr_Sel && d.changesElsewhere(n, stale) {
				return false
			}
		}
	}
	return true
}

// changesElsewhere reports whether a variable other than the stale ones gets
// another value behind the defer statement.
func (d *deferral) changesElsewhere(id *ast.Ident, stale []capture) bool {
	v := match.LocalVar(d.fn.info, id)
	if v == nil || slices.ContainsFunc(stale, func(c capture) bool { return c.loc.root == v }) {
		return false
	}
	return slices.ContainsFunc(d.fn.after(d.step, location{root: v}), func(ch change) bool {
		return ch.how == assigned || ch.how == returned
	})
}

// repeatable reports whether a nested call may as well run later.
func (c *checker) repeatable(call *ast.CallExpr) bool {
	info := c.pass.TypesInfo
	if info.Types[call.Fun].IsType() || c.measures(call) {
		return true
	}
	switch fn := typeutil.Callee(info, call).(type) {
	case *types.Builtin:
		return fn.Name() == "len" || fn.Name() == "cap" || fn.Name() == "min" || fn.Name() == "max"
	case *types.Func:
		isDuration := model.ReceiverNamed(receiverType(fn)) != nil && model.IsStandard(fn.Pkg()) && fn.Pkg() != nil && fn.Pkg().Path() == "time"
		return isDuration || fn.Name() == "Error" || model.ReadsContent(fn) || model.Formats(fn) || model.DecoratesLogger(fn)
	}
	return false
}

// withoutParameter returns the fix that takes a literal's only parameter
// away, so that the variable of the same name is read where it was.
func (c *checker) withoutParameter(d *deferral, stale []capture) []analysis.SuggestedFix {
	params := d.literal.Type.Params
	if len(stale) != 1 || params.NumFields() != 1 || len(d.call.Args) != 1 || d.inLoop() {
		return nil
	}
	param := d.parameterFor(stale[0])
	if param == nil || param.Name() != stale[0].loc.root.Name() || len(stale[0].loc.fields) > 0 ||
		!types.Identical(param.Type(), stale[0].loc.root.Type()) || sets(d.fn.info, d.literal.Body, param) {
		return nil
	}
	arg := d.call.Args[0]
	return []analysis.SuggestedFix{edit.Fix("Read "+param.Name()+" when the function returns",
		analysis.TextEdit{Pos: params.Opening + 1, End: params.Closing},
		analysis.TextEdit{Pos: d.call.Lparen + 1, End: max(arg.End(), d.call.Rparen)})}
}

// sets reports whether the body assigns to a variable or takes its address.
func sets(info *types.Info, body *ast.BlockStmt, v *types.Var) bool {
	found := false
	ast.Inspect(body, func(n ast.Node) bool {
		for _, set := range match.Assignments(n) {
			found = found || match.LocalVar(info, set.Left) == v
		}
		if ref, ok := n.(*ast.UnaryExpr); ok && ref.Op == token.AND {
			found = found || match.LocalVar(info, ref.X) == v
		}
		return !found
	})
	return found
}
