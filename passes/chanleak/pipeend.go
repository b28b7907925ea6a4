package chanleak

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A pipeEnd is one of the two results of io.Pipe, as the function that calls
// it knows it: the value, and the variable that function literals capture.
type pipeEnd struct {
	value ssa.Value
	cell  ssa.Value // nil if nobody captures it
	reads bool      // it is the reading end
	name  string    // of the variable that it is assigned to
}

func isPipe(fn types.Object) bool {
	callee, ok := fn.(*types.Func)
	return ok && callee != nil && model.Key(callee) == "io.Pipe"
}

func isReceive(op *ssa.UnOp) bool { return op.Op == token.ARROW }

func findEnd(pipe *ssa.Call, index int) *pipeEnd {
	end := &pipeEnd{value: program.Result(pipe, index), reads: index == 0, name: assigned(pipe, index)}
	if end.value == nil {
		return end
	}
	for _, ref := range *end.value.Referrers() {
		if store, ok := ref.(*ssa.Store); ok && store.Val == end.value {
			if cell, isCell := store.Addr.(*ssa.Alloc); isCell && onlyStored(cell) == end.value {
				end.cell = cell
			}
		}
	}
	return end
}

// assigned returns the name of the variable to which a result of a call is
// assigned.
func assigned(call *ssa.Call, index int) string {
	name := "its other end"
	ast.Inspect(paths.BodyOf(call.Parent()), func(n ast.Node) bool {
		assign, ok := n.(*ast.AssignStmt)
		if !ok || len(assign.Rhs) != 1 || len(assign.Lhs) != 2 || call.Pos() < assign.Rhs[0].Pos() || assign.Rhs[0].End() <= call.Pos() {
			return true
		}
		if id, isName := assign.Lhs[index].(*ast.Ident); isName {
			name = id.Name
		}
		return true
	})
	return name
}

// within returns the end as a function literal knows it that captures it, nil
// if it doesn't.
func (e *pipeEnd) within(closure *ssa.MakeClosure) *pipeEnd {
	for i, bound := range closure.Bindings {
		if e.cell != nil && bound == e.cell {
			return &pipeEnd{cell: closure.Fn.(*ssa.Function).FreeVars[i], reads: e.reads, name: e.name}
		}
	}
	return nil
}

// is reports whether a value of the function is this end, as itself or as an
// interface.
func (e *pipeEnd) is(v ssa.Value) bool {
	switch v := v.(type) {
	case nil:
		return false
	case *ssa.MakeInterface:
		return e.is(v.X)
	case *ssa.ChangeInterface:
		return e.is(v.X)
	case *ssa.UnOp:
		return v.Op == token.MUL && e.cell != nil && v.X == e.cell
	}
	return e.value != nil && v == e.value
}

// settles reports whether an instruction of the function does what lets
// somebody on the other end go on. Whatever is done with the end to read from
// may do so; the one to write to must be closed, or go where it can be.
func (e *pipeEnd) settles(instr ssa.Instruction) bool {
	switch instr := instr.(type) {
	case *ssa.DebugRef, *ssa.MakeInterface, *ssa.ChangeInterface, *ssa.UnOp:
		return false
	case *ssa.Store:
		return e.is(instr.Val) && (e.cell == nil || instr.Addr != e.cell)
	case *ssa.MakeClosure:
		inner := e.within(instr)
		return inner != nil && (e.reads || inner.settledIn(instr.Fn.(*ssa.Function)))
	case ssa.CallInstruction:
		return e.settledBy(instr.Common())
	}
	return slices.ContainsFunc(instr.Operands(nil), func(operand *ssa.Value) bool { return e.is(*operand) })
}

// settledBy is the same for a call. Who is given the end as an io.Writer writes
// to it and no more.
func (e *pipeEnd) settledBy(call *ssa.CallCommon) bool {
	if e.receives(call) {
		return e.reads || methodName(call) != "Write"
	}
	return slices.ContainsFunc(call.Args, func(arg ssa.Value) bool {
		if !e.is(arg) {
			return false
		}
		closer, _, _ := types.LookupFieldOrMethod(arg.Type(), true, nil, "Close")
		return e.reads || closer != nil
	})
}

// receives reports whether a call is one of a method of the end.
func (e *pipeEnd) receives(call *ssa.CallCommon) bool {
	if call.IsInvoke() {
		return e.is(call.Value)
	}
	return call.Signature().Recv() != nil && len(call.Args) > 0 && e.is(call.Args[0])
}

func methodName(call *ssa.CallCommon) string {
	if fn := sharing.CalleeObject(call); fn != nil {
		return fn.Name()
	}
	return ""
}

// givenTo reports whether a call writes to the end, or reads from it: a method
// other than those that close it, or a function that is given it.
func (e *pipeEnd) givenTo(call *ssa.CallCommon) bool {
	if e.receives(call) {
		return methodName(call) == "Write" || methodName(call) == "Read"
	}
	return slices.ContainsFunc(call.Args, e.is)
}

// settledIn reports whether a function literal settles the end.
func (e *pipeEnd) settledIn(literal *ssa.Function) bool {
	found := false
	sharing.Instructions(literal, func(instr ssa.Instruction) { found = found || e.settles(instr) })
	return found
}

// closedIn reports whether the body of a goroutine closes the end that it
// captures.
func (e *pipeEnd) closedIn(body *ssa.Function) bool {
	inner := e.inside(body)
	closes := false
	sharing.Instructions(body, func(instr ssa.Instruction) {
		call, ok := instr.(ssa.CallInstruction)
		closes = closes || ok && inner != nil && inner.receives(call.Common()) && methodName(call.Common()) != "Read"
	})
	return closes
}

// inside returns the end as a literal knows it, nil if that doesn't capture it.
func (e *pipeEnd) inside(body *ssa.Function) *pipeEnd {
	if closure := closureOf(body); closure != nil {
		return e.within(closure)
	}
	return nil
}

// workedOnIn reports whether the body of a goroutine, a literal, writes to the
// end that it captures or reads from it.
func (e *pipeEnd) workedOnIn(body *ssa.Function) bool {
	inner := e.inside(body)
	if inner == nil {
		return false
	}
	found := false
	sharing.Instructions(body, func(instr ssa.Instruction) {
		call, ok := instr.(ssa.CallInstruction)
		found = found || ok && inner.givenTo(call.Common())
	})
	return found
}
