package hotalloc

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// timer finds time.After in a loop: a channel and a timer for each turn.
func (j *judge) timer(call *ast.CallExpr, fn *types.Func, above []ast.Node) (report.Finding, bool) {
	if model.Key(fn) != "time.After" || innermostLoop(above) == nil {
		return report.Finding{}, false
	}
	return report.Finding{
		Range:   call,
		Message: "time.After makes a timer and a channel in each turn on a hot path: one timer with Reset serves them all",
	}, true
}

// scratch finds a buffer that each turn of a loop makes and only reads into:
//
//	for {
//		buf := make([]byte, 4096)
//		n, err := r.Read(buf)
//		h.Write(buf[:n])
//	}
//
// Readers are interfaces, so that the buffer lives on the heap.
func (j *judge) scratch(assign *ast.AssignStmt, above []ast.Node) []report.Finding {
	loop := innermostLoop(above)
	if loop == nil || assign.Tok != token.DEFINE || len(assign.Lhs) != 1 || len(assign.Rhs) != 1 {
		return nil
	}
	made, ok := ast.Unparen(assign.Rhs[0]).(*ast.CallExpr)
	if !ok || len(made.Args) != 2 || j.info.Types[made.Args[1]].Value == nil {
		return nil
	}
	builtin, _ := typeutil.Callee(j.info, made).(*types.Builtin)
	v := match.LocalVar(j.info, assign.Lhs[0])
	if builtin == nil || builtin.Name() != "make" || v == nil || !j.onlyReadInto(loop, v) {
		return nil
	}
	return []report.Finding{{
		Range:   made,
		Message: v.Name() + " is made in each turn of a loop on a hot path, only to be read into: one buffer before the loop serves them all",
		Fixes:   j.hoistBefore(loop, assign),
	}}
}

// onlyReadInto reports whether the buffer is given to a reader that isn't
// known, and otherwise only seen as buf[:n], by calls that don't keep it.
func (j *judge) onlyReadInto(loop ast.Stmt, v *types.Var) bool {
	reads, other := 0, false
	var above []ast.Node
	ast.Inspect(loop, func(n ast.Node) bool {
		if n == nil {
			above = above[:len(above)-1]
			return true
		}
		if id, ok := n.(*ast.Ident); ok && j.info.Uses[id] == v {
			if j.isReadInto(id, above) {
				reads++
			} else if !j.isPrefixUsed(id, above) {
				other = true
			}
		}
		above = append(above, n)
		return true
	})
	return reads == 1 && !other
}

// isReadInto matches r.Read(buf) and io.ReadFull(r, buf).
func (j *judge) isReadInto(id *ast.Ident, above []ast.Node) bool {
	call, ok := above[len(above)-1].(*ast.CallExpr)
	if !ok {
		return false
	}
	fn, _ := typeutil.Callee(j.info, call).(*types.Func)
	if fn == nil {
		return false
	}
	index, ok := model.Reads(fn)
	if !ok || index >= len(call.Args) || call.Args[index] != id {
		return false
	}
	recv := fn.Signature().Recv()
	return recv == nil || types.IsInterface(recv.Type())
}

// isPrefixUsed matches buf[:n] as the argument of a Write, of string and
// append, and as what is ranged over.
func (j *judge) isPrefixUsed(id *ast.Ident, above []ast.Node) bool {
	slice, ok := above[len(above)-1].(*ast.SliceExpr)
	if !ok || slice.X != id || slice.Low != nil || slice.High == nil {
		return false
	}
	call, ok := above[len(above)-2].(*ast.CallExpr)
	if !ok {
		return false
	}
	if tv := j.info.Types[call.Fun]; tv.IsType() {
		return isString(tv.Type)
	}
	switch callee := typeutil.Callee(j.info, call).(type) {
	case *types.Builtin:
		return callee.Name() == "copy" || callee.Name() == "append" && call.Ellipsis.IsValid() && call.Args[0] != ast.Expr(slice)
	case *types.Func:
		return callee.Name() == "Write" && callee.Signature().Recv() != nil
	}
	return false
}

// hoistBefore moves the statement in front of the loop.
func (j *judge) hoistBefore(loop ast.Stmt, assign *ast.AssignStmt) []analysis.SuggestedFix {
	name := edit.Print(j.pass.Fset, assign.Lhs[0])
	scope := j.pass.Pkg.Scope().Innermost(loop.Pos())
	text := edit.Source(j.pass, assign)
	if scope == nil || text == "" {
		return nil
	}
	if _, taken := scope.LookupParent(name, loop.Pos()); taken != nil {
		return nil
	}
	at, ok := j.root.FindNode(loop)
	if _, inBlock := at.Parent().Node().(*ast.BlockStmt); !ok || !inBlock {
		return nil
	}
	indent := edit.Indentation(j.pass, loop.Pos())
	return []analysis.SuggestedFix{edit.Fix("Make "+name+" before the loop",
		edit.Insert(loop.Pos(), text+"\n"+indent), edit.Line(j.pass, assign))}
}
