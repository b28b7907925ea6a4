package datarace

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/passes/inspect"
	"golang.org/x/tools/go/ast/inspector"
	"golang.org/x/tools/go/types/typeutil"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
)

// refilled finds buffers that a loop fills in each round and gives away
// without a copy, so that the next round writes what somebody else reads:
//
//	buf := make([]byte, size)
//	for {
//		n, err := conn.Read(buf)
//		…
//		packets <- buf[:n]
//	}
//
// What bufio.Scanner.Bytes and its like return is such a buffer, too. It is
// silent where the loop waits for something before it reads again, or
// takes another buffer.
func refilled(pass *analysis.Pass, prog *program.Program) []report.Finding {
	var found []report.Finding
	for _, loop := range givingLoops(pass.ResultOf[inspect.Analyzer].(*inspector.Inspector).Root()) {
		for call := range loop.Preorder((*ast.CallExpr)(nil)) {
			if f := newFilling(pass, call); f != nil {
				found = append(found, f.givenAway(prog)...)
			}
		}
	}
	return found
}

// givingLoops lists the outermost loops in which something is sent or a
// goroutine started.
func givingLoops(root inspector.Cursor) []inspector.Cursor {
	var loops []inspector.Cursor
	for given := range root.Preorder((*ast.SendStmt)(nil), (*ast.GoStmt)(nil)) {
		around := slices.Collect(given.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil)))
		if n := len(around); n > 0 && !slices.Contains(loops, around[n-1]) {
			loops = append(loops, around[n-1])
		}
	}
	return loops
}

// A filling is a call in a loop that fills a buffer from outside of it, or
// returns one that the next such call fills.
type filling struct {
	pass   *analysis.Pass
	call   *ast.CallExpr
	buffer *types.Var // nil: what the call returns
	name   string     // as the loop spells the buffer
	loop   *ast.BlockStmt
	body   *ast.BlockStmt      // of the function
	holds  map[*types.Var]bool // variables of the loop in which the buffer is
}

func newFilling(pass *analysis.Pass, at inspector.Cursor) *filling {
	call := at.Node().(*ast.CallExpr)
	fn, ok := typeutil.Callee(pass.TypesInfo, call).(*types.Func)
	if !ok {
		return nil
	}
	f := &filling{pass: pass, call: call, name: edit.Print(pass.Fset, call), holds: make(map[*types.Var]bool)}
	if index, ok := model.Reads(fn); ok && index < len(call.Args) {
		named := f.memory(at, sliced(call.Args[index]))
		f.buffer, f.name = match.Variable(pass.TypesInfo, named), edit.Print(pass.Fset, named)
	}
	if f.buffer == nil && !model.Lends(fn) {
		return nil
	}
	f.place(at)
	if f.loop == nil || f.body == nil {
		return nil
	}
	return f
}

// place finds the loop and the function around the call.
func (f *filling) place(call inspector.Cursor) {
	for above := range call.Enclosing((*ast.ForStmt)(nil), (*ast.RangeStmt)(nil), (*ast.FuncLit)(nil), (*ast.FuncDecl)(nil)) {
		switch n := above.Node().(type) {
		case *ast.ForStmt:
			f.setLoop(n.Body, n)
		case *ast.RangeStmt:
			f.setLoop(n.Body, n)
		case *ast.FuncLit:
			f.body = n.Body
			return
		case *ast.FuncDecl:
			f.body = n.Body
			return
		}
	}
}

// setLoop notes the innermost loop, unless the buffer is declared in it.
func (f *filling) setLoop(body *ast.BlockStmt, loop ast.Node) {
	if f.loop == nil && (f.buffer == nil || f.buffer.Pos() < loop.Pos() || loop.End() <= f.buffer.Pos()) {
		f.loop = body
	}
}

// sliced returns what an expression is a slice of.
func sliced(e ast.Expr) ast.Expr {
	for {
		switch x := ast.Unparen(e).(type) {
		case *ast.SliceExpr:
			e = x.X
		default:
			return x
		}
	}
}

// givenAway reports what the loop sends, or gives a goroutine, with the
// buffer in it, before the buffer is filled again.
func (f *filling) givenAway(prog *program.Program) []report.Finding {
	var found []report.Finding
	var graph *program.Graph
	report := func(at ast.Node, value ast.Expr, how string) {
		part := f.part(value)
		if part == nil {
			return
		}
		if graph == nil {
			graph = prog.Graph(f.body)
		}
		if f.isRefilled(graph, at) {
			found = append(found, f.finding(value, part, how))
		}
	}
	ast.Inspect(f.loop, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			return false
		case *ast.AssignStmt:
			f.assigned(n)
		case *ast.SendStmt:
			report(n, n.Value, "sent")
		case *ast.GoStmt:
			for _, arg := range n.Call.Args {
				report(n, arg, "given to a goroutine")
			}
		}
		return true
	})
	return found
}

// isRefilled reports whether some path leads from where the buffer is given
// away to the call that fills it, on which nobody is waited for and the
// variable stays the same.
func (f *filling) isRefilled(graph *program.Graph, given ast.Node) bool {
	filled, ok := graph.Find(f.call)
	if !ok {
		return false
	}
	if start, isGo := given.(*ast.GoStmt); isGo {
		given = start.Call
	}
	from, ok := graph.Find(given)
	return ok && graph.Reaches(filled, from, f.replaces) && graph.Reaches(from, filled, func(s program.Step) bool { return f.replaces(s) || f.waits(s) })
}

// replaces reports whether a step assigns another buffer to the variable, or
// the rest of it.
func (f *filling) replaces(s program.Step) bool {
	for _, a := range match.Assignments(s.Node) {
		if edit.Print(f.pass.Fset, a.Left) == f.name && (f.part(a.Right) == nil || isRest(a.Right)) {
			return true
		}
	}
	return false
}

// isRest reports whether an expression is what lies behind some part.
func isRest(e ast.Expr) bool {
	slice, ok := ast.Unparen(e).(*ast.SliceExpr)
	return ok && slice.Low != nil
}

// waits reports whether a step may wait for whoever has the buffer.
func (f *filling) waits(s program.Step) bool {
	waits := false
	s.Inspect(func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.UnaryExpr:
			waits = waits || n.Op == token.ARROW
		case *ast.CallExpr:
			fn, ok := typeutil.Callee(f.pass.TypesInfo, n).(*types.Func)
			waits = waits || ok && model.Waits(fn)
		}
		return !waits
	})
	return waits
}

func (f *filling) finding(value, part ast.Expr, how string) report.Finding {
	given := edit.Print(f.pass.Fset, part)
	again := fmt.Sprintf("line %d writes the next data into %s", f.pass.Fset.Position(f.call.Pos()).Line, f.name)
	if f.buffer == nil {
		again = fmt.Sprintf("%s returns the same memory in the next round", f.name)
	}
	finding := report.Finding{
		Range:   value,
		Message: fmt.Sprintf("%s is %s here, and %s while it is still in use", given, how, again),
		Related: []analysis.RelatedInformation{report.Here(f.call, "filled here, in each round")},
	}
	if v := match.Variable(f.pass.TypesInfo, part); v != nil && !isSlice(v.Type()) {
		return finding // the buffer is a part of it
	}
	finding.Fixes = []analysis.SuggestedFix{edit.Fix("Copy what is given away",
		edit.Insert(part.Pos(), "append([]byte(nil), "), edit.Insert(part.End(), "...)"))}
	return finding
}
