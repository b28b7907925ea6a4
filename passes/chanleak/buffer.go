package chanleak

import (
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// A buffer only delays it that a sender is left behind, if the sender goes on
// and on:
//
//	out := make(chan row, 64)
//	go func() {
//		for rows.Next() {
//			out <- scan(rows) // fills any buffer
//		}
//	}()

// fills reports whether an instruction stands in a loop that comes round more
// often than the channel has room for: nothing counts its rounds, or something
// else does than the constant that is the room.
func fills(instr ssa.Instruction, made *ssa.MakeChan) bool {
	_, fixed := made.Size.(*ssa.Const)
	for _, loop := range program.LoopsAround(instr.Block()) {
		bound, counted := loop.Counted()
		_, isConst := bound.(*ssa.Const)
		if !counted || fixed && !isConst {
			return true
		}
	}
	return false
}

// fits reports whether the channel has room for all that a sender sends.
func (m *meeting) fits(s sending) bool { return hasRoom(m.made) && !s.fills }
