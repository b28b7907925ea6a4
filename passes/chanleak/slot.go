package chanleak

import (
	"go/constant"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// semaphores are the channels of the package that limit how many do something
// at a time: made with room, of values without content, sent on to take a slot
// and received from to give it back, never closed, and not handed to code that
// isn't seen.
type semaphores struct {
	*roads
	slots     map[any]bool
	effects   map[slotCall]callee // of functions, see slotwalk.go
	mentioned map[slotCall]bool
}

func findSemaphores(pass *analysis.Pass, r *roads) *semaphores {
	s := &semaphores{roads: r, slots: make(map[any]bool), effects: make(map[slotCall]callee), mentioned: make(map[slotCall]bool)}
	for class, t := range r.known {
		if closed(class, pass.Pkg) && t.isSemaphore() {
			s.slots[class] = true
		}
	}
	return s
}

func (t *traffic) isSemaphore() bool {
	limits := func(made *ssa.MakeChan) bool { return isToken(made.Type()) && hasRoom(made) }
	return !t.escapes && len(t.made) > 0 && len(t.sends) > 0 && len(t.receives) > 0 && len(t.closes) == 0 && !t.prefilled() &&
		!slices.ContainsFunc(t.made, func(made *ssa.MakeChan) bool { return !limits(made) })
}

// prefilled reports whether the channel is filled where it is made, in a loop
// that does nothing else: whoever receives takes a slot then.
func (t *traffic) prefilled() bool {
	for _, send := range t.sends {
		if inCycle(send) && !worksInLoop(send) && slices.ContainsFunc(t.made, func(made *ssa.MakeChan) bool {
			return made.Parent() == send.Parent() && !t.usedBetween(made, send)
		}) {
			return true
		}
	}
	return false
}

// worksInLoop reports whether the loop around a send calls or starts anything.
func worksInLoop(send ssa.Instruction) bool {
	found := false
	sharing.Instructions(send.Parent(), func(instr ssa.Instruction) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok || !program.BlockLeads(send.Block(), instr.Block()) || !program.BlockLeads(instr.Block(), send.Block()) {
			return
		}
		found = found || program.Builtin(call.Common()) == ""
	})
	return found
}

// usedBetween reports whether the text between two positions communicates on
// the channel.
func (t *traffic) usedBetween(made, send ssa.Instruction) bool {
	between := func(instr ssa.Instruction) bool { return made.Pos() < instr.Pos() && instr.Pos() < send.Pos() }
	return slices.ContainsFunc(t.sends, between) || slices.ContainsFunc(t.receives, between)
}

// isToken reports whether what a channel carries says nothing.
func isToken(t types.Type) bool {
	return match.IsEmptyStruct(t.Underlying().(*types.Chan).Elem())
}

// hasRoom reports whether a channel is buffered; of a size that isn't known,
// it is taken to be.
func hasRoom(made *ssa.MakeChan) bool {
	size, ok := made.Size.(*ssa.Const)
	return !ok || size.Value == nil || constant.Sign(size.Value) > 0
}
