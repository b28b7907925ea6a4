package sharing

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// A Signal is something a goroutine does that others can wait for: Done of a
// WaitGroup, a send on a channel, a close; see [room] for receives.
type Signal struct {
	Place    *Place // of the WaitGroup or channel
	Instr    ssa.Instruction
	Deferred bool
}

// A Join is something a function does that waits for others: Wait of a
// WaitGroup or errgroup, a receive from a channel, sends that fill one.
type Join struct {
	Place  *Place // nil: of something unknown
	Select *ssa.Select
	State  int // of the select: the case that joins
}

// signalsOf returns the signals that an instruction gives by itself, and
// whether it may give signals that aren't known: a call of a function value,
// or one that takes a channel elsewhere.
func (b *builder) signalsOf(instr ssa.Instruction) (places []*Place, unknown bool) {
	for _, c := range communications(instr) {
		if c.send {
			places = append(places, b.places.of(c.channel))
		}
	}
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return places, false
	}
	common := call.Common()
	if name := program.Builtin(common); name != "" {
		if name == "close" {
			places = append(places, b.places.of(common.Args[0]))
		}
		return places, false
	}
	fn := CalleeObject(common)
	switch {
	case fn == nil:
		target, _ := b.callable(common.Value)
		return places, target == nil
	case model.SignalsDone(fn):
		return append(places, b.places.of(common.Args[0])), false
	case hasBody(common.StaticCallee()):
		return places, false
	}
	return places, takesSignaller(common)
}

// takesSignaller reports whether an argument could be used to give a signal.
func takesSignaller(call *ssa.CallCommon) bool {
	for _, arg := range call.Args {
		switch t := arg.Type().Underlying().(type) {
		case *types.Chan, *types.Signature:
			return true
		case *types.Pointer:
			switch model.TypeKey(t) {
			case "sync.WaitGroup", "sync.Cond":
				return true
			}
		}
	}
	return false
}

// joinsOf returns the joins that an instruction is by itself.
func (b *builder) joinsOf(instr ssa.Instruction) []Join {
	switch instr := instr.(type) {
	case *ssa.UnOp:
		if instr.Op == token.ARROW && !b.isEvent(instr.X) {
			return []Join{{Place: b.places.of(instr.X)}}
		}
	case *ssa.Send:
		return b.fills(instr)
	case *ssa.Select:
		return b.joinsOfSelect(instr)
	case *ssa.Call:
		return b.joinsOfCall(instr.Common())
	case *ssa.Defer:
		return b.joinsOfCall(instr.Common())
	}
	return nil
}

// joinsOfSelect gives one join per receiving case: it counts only behind
// that case.
func (b *builder) joinsOfSelect(sel *ssa.Select) []Join {
	var joins []Join
	for i, state := range sel.States {
		if state.Dir == types.RecvOnly && !b.isEvent(state.Chan) {
			joins = append(joins, Join{Place: b.places.of(state.Chan), Select: sel, State: i})
		}
	}
	return joins
}

func (b *builder) joinsOfCall(call *ssa.CallCommon) []Join {
	fn := CalleeObject(call)
	if fn == nil || !model.Waits(fn) || hasBody(call.StaticCallee()) {
		return nil
	}
	switch {
	case call.IsInvoke():
		return []Join{{Place: b.places.of(call.Value)}}
	case fn.Signature().Recv() != nil:
		return []Join{{Place: b.places.of(call.Args[0])}}
	}
	return []Join{{}}
}

// isEvent reports whether a channel is served from outside: a timer's, or a
// context's.
func (b *builder) isEvent(channel ssa.Value) bool {
	place := b.places.of(channel)
	if place.Parent != nil {
		return place.Field != nil && model.EventField(place.Field)
	}
	call, ok := place.Root.(*ssa.Call)
	if !ok {
		return false
	}
	fn := CalleeObject(&call.Call)
	return fn != nil && model.EventSource(fn)
}
