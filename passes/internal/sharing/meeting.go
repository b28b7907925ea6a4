package sharing

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// A MeetingKind is what a function does where goroutines meet.
type MeetingKind int

// The kinds of meetings.
const (
	Sends MeetingKind = iota
	Receives
	Closes
	Waits // of a WaitGroup
)

// A Meeting is an instruction at which goroutines wait for one another.
type Meeting struct {
	Kind  MeetingKind
	Place *Place // of the channel or WaitGroup
	Instr ssa.Instruction
	Pos   token.Pos // in a select, of the case's arrow
	Alone bool      // nothing else can happen there: no other case, no default
}

// Meetings lists what a function does by itself to channels, and the
// WaitGroups for which it waits.
func (e *Evidence) Meetings(fn *ssa.Function) []Meeting {
	var list []Meeting
	places := e.builder.places
	eachInstr(fn, func(instr ssa.Instruction) {
		choice, isSelect := instr.(*ssa.Select)
		alone := !isSelect || choice.Blocking && len(choice.States) == 1
		for _, c := range communications(instr) {
			kind := Receives
			if c.send {
				kind = Sends
			} else if e.builder.isEvent(c.channel) {
				continue
			}
			list = append(list, Meeting{kind, places.of(c.channel), instr, c.arrow, alone})
		}
		if call, ok := instr.(ssa.CallInstruction); ok {
			list = append(list, e.meetingsOfCall(call)...)
		}
	})
	return list
}

func (e *Evidence) meetingsOfCall(call ssa.CallInstruction) []Meeting {
	common := call.Common()
	if name := program.Builtin(common); name != "" {
		if name == "close" {
			return []Meeting{{Closes, e.builder.places.of(common.Args[0]), call, call.Pos(), true}}
		}
		return nil
	}
	if model.Key(CalleeObject(common)) == "(sync.WaitGroup).Wait" {
		return []Meeting{{Waits, e.builder.places.of(common.Args[0]), call, call.Pos(), true}}
	}
	return nil
}

// OfStarter returns a place of the body of a goroutine as the function sees
// it that starts it.
func (e *Evidence) OfStarter(spawn *Spawn, place *Place) *Place {
	return e.builder.places.substitute(place, spawn.Body, spawn.args)
}
