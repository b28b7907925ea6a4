package sharing

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// A channel that limits how many work at a time can also tell when all have
// ended: who fills it, slot by slot, has waited for those who give slots back
// (the memory model's rule for buffered channels).
//
//	for range cap(slots) {
//		slots <- struct{}{}
//	}
//
// What is told and waited for is the room in the channel, rather than what is
// in it.
var room = types.NewField(token.NoPos, nil, "room", types.Typ[types.Int], false)

// givesRoom returns the rooms that an instruction gives back by a receive.
func (b *builder) givesRoom(instr ssa.Instruction) []*Place {
	var rooms []*Place
	for _, c := range communications(instr) {
		if !c.send && isSlot(c.channel) {
			rooms = append(rooms, b.places.field(b.places.of(c.channel), room))
		}
	}
	return rooms
}

// fills returns the join that a send is which fills a channel.
func (b *builder) fills(send *ssa.Send) []Join {
	loop := program.LoopAround(send.Block())
	if loop == nil || !isSlot(send.Chan) || !loop.EachRound(send.Block()) || !b.asLongAsRoom(loop, send.Chan) {
		return nil
	}
	return []Join{{Place: b.places.field(b.places.of(send.Chan), room)}}
}

// asLongAsRoom reports whether a loop has as many rounds as a channel has
// slots.
func (b *builder) asLongAsRoom(loop *program.Loop, channel ssa.Value) bool {
	bound, counted := loop.Counted()
	if !counted || bound == nil {
		return false
	}
	if call, ok := bound.(*ssa.Call); ok && program.Builtin(&call.Call) == "cap" {
		return b.places.of(call.Call.Args[0]) == b.places.of(channel)
	}
	made, ok := b.places.of(channel).Root.(*ssa.MakeChan)
	return ok && program.Same(bound, made.Size)
}

// isSlot reports whether a channel's elements say nothing.
func isSlot(channel ssa.Value) bool {
	t, ok := channel.Type().Underlying().(*types.Chan)
	return ok && match.IsEmptyStruct(t.Elem())
}

// isFilledBehind reports whether an edge leaves a loop that fills a channel: it
// is full then, be it without a round.
func isFilledBehind(from *ssa.BasicBlock, succ int, joins map[ssa.Instruction]bool) bool {
	loop := program.Done(from, succ)
	if loop == nil {
		return false
	}
	for join := range joins {
		if _, isSend := join.(*ssa.Send); isSend && loop.Holds(join.Block()) {
			return true
		}
	}
	return false
}
