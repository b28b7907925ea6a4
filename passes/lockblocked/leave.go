package lockblocked

import (
	"go/ast"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// isLeft reports whether somebody stops to receive from a member's channel and
// then calls what takes the member out of its set.
func (s *search) isLeft(w wait, m membership, removes *ssa.Function) bool {
	for _, fn := range s.evidence.Functions() {
		if match.InTestFile(s.pass.Fset, fn.Pos()) {
			continue
		}
		if s.receivesThenCalls(fn, m, removes) {
			return true
		}
		if s.isCallable(fn) && s.runsOn(fn)[removes] && !s.runsOn(fn)[w.Instr.Parent()] && s.isHandedOut(m) {
			return true
		}
	}
	return false
}

// isCallable reports whether code outside of the package may call a function: an
// exported one, or a literal of one that returns functions.
func (s *search) isCallable(fn *ssa.Function) bool {
	if fn.Parent() == nil {
		return ast.IsExported(fn.Name())
	}
	if !ast.IsExported(fn.Parent().Name()) {
		return false
	}
	for result := range fn.Parent().Signature.Results().Variables() {
		if sig, ok := result.Type().Underlying().(*types.Signature); ok && types.Identical(sig, fn.Signature) {
			return true
		}
	}
	return false
}

// receivesThenCalls reports whether a function receives, itself or by what it
// calls, in another way than until the channel is closed, and behind that, or
// deferred, calls another.
func (s *search) receivesThenCalls(fn *ssa.Function, m membership, called *ssa.Function) bool {
	var receives, leaves []ssa.Instruction
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		if s.receivesFrom(instr, m) {
			receives = append(receives, instr)
		}
		call, ok := instr.(ssa.CallInstruction)
		if _, starts := instr.(*ssa.Go); !ok || starts {
			return
		}
		callee, _ := s.evidence.Callee(call.Common())
		if callee == nil {
			return
		}
		inner := s.runsOn(callee)
		if inner[called] {
			leaves = append(leaves, instr)
		}
		for runner := range inner {
			if s.receives(runner, m) {
				receives = append(receives, instr)
			}
		}
	})
	for _, receive := range receives {
		for _, leave := range leaves {
			_, deferred := leave.(*ssa.Defer)
			if receive != leave && (deferred || sharing.Reaches(receive, leave)) && !sharing.Reaches(leave, leave) {
				return true
			}
		}
	}
	return false
}

// receives reports whether a function receives from the channel of a member,
// and may stop to.
func (s *search) receives(fn *ssa.Function, m membership) bool {
	found := false
	sharing.Instructions(fn, func(instr ssa.Instruction) { found = found || s.receivesFrom(instr, m) })
	return found
}

func (s *search) receivesFrom(instr ssa.Instruction, m membership) bool {
	if m.channel == nil {
		return false // a channel that isn't in a field isn't followed
	}
	switch instr := instr.(type) {
	case *ssa.UnOp:
		return instr.Op == token.ARROW && s.evidence.PlaceOf(instr.X).Class() == m.channel && !untilClosed(instr)
	case *ssa.Select:
		return slices.ContainsFunc(instr.States, func(state *ssa.SelectState) bool {
			return state.Dir == types.RecvOnly && s.evidence.PlaceOf(state.Chan).Class() == m.channel
		})
	}
	return false
}

// untilClosed reports whether a receive stands in a loop that only the close
// of its channel ends.
func untilClosed(receive *ssa.UnOp) bool {
	loop := program.LoopAround(receive.Block())
	if loop == nil || !receive.CommaOk {
		return false
	}
	for _, block := range receive.Parent().Blocks {
		for _, succ := range block.Succs {
			if loop.Holds(block) && !loop.Holds(succ) && !saysClosed(block, receive) {
				return false
			}
		}
	}
	return true
}

func saysClosed(block *ssa.BasicBlock, receive *ssa.UnOp) bool {
	branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
	if !ok {
		return false
	}
	extract, ok := branch.Cond.(*ssa.Extract)
	return ok && extract.Tuple == receive && extract.Index == 1
}

// isHandedOut reports whether code outside of the package receives from the
// channels of members: an exported function returns such a channel, or
// receives one value from it at a time, or anybody can name the field.
func (s *search) isHandedOut(m membership) bool {
	if field, ok := m.channel.(*types.Var); ok && field.Exported() {
		return true
	}
	for _, fn := range s.evidence.Functions() {
		if fn.Parent() != nil || !ast.IsExported(fn.Name()) || match.InTestFile(s.pass.Fset, fn.Pos()) {
			continue
		}
		for result := range fn.Signature.Results().Variables() {
			channel, ok := result.Type().Underlying().(*types.Chan)
			if ok && channel.Dir() != types.SendOnly && sameElement(channel.Elem(), m.element) {
				return true
			}
		}
		if s.receivesOnce(fn, m) {
			return true
		}
	}
	return false
}

// sameElement reports whether two types are the same; each method of a generic
// type has type parameters of its own.
func sameElement(a, b types.Type) bool {
	x, ok := types.Unalias(a).(*types.TypeParam)
	y, also := types.Unalias(b).(*types.TypeParam)
	return types.Identical(a, b) || ok && also && x.Index() == y.Index()
}

func (s *search) receivesOnce(fn *ssa.Function, m membership) bool {
	found := false
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		found = found || s.receivesFrom(instr, m) && !sharing.Reaches(instr, instr)
	})
	return found
}

func (s *search) runsOn(fn *ssa.Function) map[*ssa.Function]bool {
	known, ok := s.runs[fn]
	if !ok {
		known = s.evidence.RunsOn(fn)
		s.runs[fn] = known
	}
	return known
}
