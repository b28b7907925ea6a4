package lockorder

import (
	"go/token"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

// A lock that is taken in one state of an object can often not be taken when
// the other side runs: the state is what keeps the two apart. So only locks
// make a circle certain that are taken on every path, or whatever fields
// say. What else is asked, whether there is an error, an entry, an
// object, or if the whole is closed, happens on both sides at any time. Loops
// are taken to have a round.

// isSure reports whether the call is made, and the other lock taken below it,
// whatever the state, once the first lock is taken.
func (g *graph) isSure(call *ssa.Call, held sharing.Lock, taken summarize.Acquisition) bool {
	from := call.Parent().Blocks[0]
	if since := g.lockedBefore(edge{held: held, at: call}); since != nil {
		from = since.Block()
	}
	return !taken.Choice && isCertain(from, call) &&
		!slices.ContainsFunc(taken.Calls[1:], func(deeper ssa.CallInstruction) bool { return !isCertain(deeper.Parent().Blocks[0], deeper) })
}

func isCertain(from *ssa.BasicBlock, instr ssa.Instruction) bool {
	return always(from, instr.Block()) || !dependsOnState(from, instr)
}

// always reports whether no path from one block to the end of the function
// passes by the other, loops around that having a round.
func always(from, to *ssa.BasicBlock) bool {
	seen := make(map[*ssa.BasicBlock]bool)
	var passes func(b *ssa.BasicBlock) bool
	passes = func(b *ssa.BasicBlock) bool {
		if b == to || seen[b] {
			return false
		}
		seen[b] = true
		if len(b.Succs) == 0 {
			return true
		}
		around := program.BlockLeads(to, b)
		for _, succ := range b.Succs {
			if around && !program.BlockLeads(succ, to) {
				continue
			}
			if passes(succ) {
				return true
			}
		}
		return false
	}
	return !passes(from)
}

// dependsOnState reports whether a branch behind the start of a block decides
// by some state whether an instruction runs.
func dependsOnState(from *ssa.BasicBlock, instr ssa.Instruction) bool {
	block := instr.Block()
	if block == from {
		return false
	}
	for at := block.Idom(); at != nil; at = at.Idom() {
		branch, ok := at.Instrs[len(at.Instrs)-1].(*ssa.If)
		decides := ok && slices.ContainsFunc(at.Succs, func(succ *ssa.BasicBlock) bool { return len(succ.Preds) == 1 && succ.Dominates(block) })
		if decides && asksState(branch.Cond, maxConditions) {
			return true
		}
		if at == from {
			break
		}
	}
	return false
}

// maxConditions bounds the conditions within a condition.
const maxConditions = 6

// asksState reports whether a condition asks what state something is in: a
// flag, a number in a field, a function of the program.
func asksState(cond ssa.Value, depth int) bool {
	if depth == 0 {
		return true
	}
	switch cond := cond.(type) {
	case *ssa.Const, *ssa.Extract, *ssa.Lookup, *ssa.Parameter:
		return false // what callers say they say at any time
	case *ssa.UnOp:
		switch cond.Op {
		case token.NOT:
			return asksState(cond.X, depth-1)
		case token.MUL:
			return isState(cond.X)
		}
		return false
	case *ssa.BinOp:
		return isBasic(cond.X.Type()) && (asksState(cond.X, depth-1) || asksState(cond.Y, depth-1))
	case *ssa.Phi:
		return slices.ContainsFunc(cond.Edges, func(edge ssa.Value) bool { return edge != ssa.Value(cond) && asksState(edge, depth-1) })
	case *ssa.Call:
		return answersState(&cond.Call)
	case *ssa.Convert:
		return asksState(cond.X, depth-1)
	}
	return true
}

// isState reports whether an address is of a variable that outlives the
// function, and doesn't say that all is over.
func isState(addr ssa.Value) bool {
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		field := match.Field(addr.X.Type(), addr.Field)
		return !saysOver(field.Name())
	case *ssa.Global:
		return !saysOver(addr.Name())
	case *ssa.IndexAddr, *ssa.Alloc:
		return false
	}
	return true
}

// answersState reports whether a call may tell the state of an object: one of
// the standard library doesn't know any but that of atomics.
func answersState(call *ssa.CallCommon) bool {
	fn := sharing.CalleeObject(call)
	if fn == nil {
		return program.Builtin(call) == ""
	}
	if model.IsStandard(fn.Pkg()) {
		return fn.Pkg() != nil && fn.Pkg().Path() == "sync/atomic"
	}
	return !saysOver(fn.Name())
}

// saysOver reports whether a name is about the end of an object, before which
// everything happens that its locks are for.
func saysOver(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{"clos", "stop", "shut", "quit"}, func(word string) bool { return strings.Contains(name, word) })
}

func isBasic(t types.Type) bool {
	_, ok := t.Underlying().(*types.Basic)
	return ok
}
