package chanleak

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// excused reports whether a goroutine leaves because its owner has told it to,
// on a channel that the owner closes or sends on only where it doesn't wait
// for the value any more:
//
//	if r := <-results; r.found {
//		close(quit)
//		return r
//	}
func (d *debts) excused(exit paths.Exit) bool {
	if exit.Return == nil {
		return false
	}
	for block := exit.Return.Block(); block.Idom() != nil; block = block.Idom() {
		above := block.Idom()
		if way := slices.Index(above.Succs, block); way >= 0 && len(block.Preds) == 1 {
			choice, number := chosenCase(above, way)
			if choice != nil && d.givenUpBehind(choice.States[number].Chan) {
				return true
			}
		}
	}
	return false
}

// givenUpBehind reports whether the owner says something on a channel, and
// never waits behind that.
func (d *debts) givenUpBehind(channel ssa.Value) bool {
	evidence := d.evidence()
	place := evidence.PlaceOf(channel)
	says, waits := false, false
	sharing.Instructions(d.owner, func(instr ssa.Instruction) {
		if said := saidOn(instr); said != nil && evidence.PlaceOf(said) == place {
			says = true
			waits = waits || sharing.Reaches(instr, d.wait)
		}
	})
	return says && !waits
}

// saidOn returns the channel that an instruction sends on or closes, nil if it
// does neither.
func saidOn(instr ssa.Instruction) ssa.Value {
	switch instr := instr.(type) {
	case *ssa.Send:
		return instr.Chan
	case ssa.CallInstruction:
		if program.Builtin(instr.Common()) == "close" {
			return instr.Common().Args[0]
		}
	}
	return nil
}
