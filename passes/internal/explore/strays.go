package explore

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// Channels that lie in no field: a variable that function literals share, or
// an element that was copied out of a field's map or slice.
//
//	for _, ch := range b.snapshot() {
//		ch <- event
//	}
//
// What is done to the second kind may be done to any channel of its type.

// channelDeeds is what code does to channels.
type channelDeeds struct {
	captured map[token.Pos]deed // by the declaration of the variable
	byType   map[string]deed    // to any channel of a type
	strays   map[string]deed    // by type, to those that nothing else is known of
}

func newChannelDeeds() channelDeeds {
	return channelDeeds{captured: make(map[token.Pos]deed), byType: make(map[string]deed), strays: make(map[string]deed)}
}

func (c channelDeeds) visit(instr ssa.Instruction) {
	eachChannel(instr, func(ch ssa.Value, d deed) {
		typ, ok := ch.Type().Underlying().(*types.Chan)
		if !ok {
			return
		}
		elem := types.TypeString(typ.Elem(), nil)
		c.byType[elem] |= d
		if captured, ok := capturedBy(ch); ok {
			c.captured[captured.Pos()] |= d
		} else if isStray(ch) {
			c.strays[elem] |= d
		}
	})
}

func (c channelDeeds) merge(other channelDeeds) {
	merge(c.captured, other.captured)
	merge(c.byType, other.byType)
	merge(c.strays, other.strays)
}

// closing reports whether one may close a channel that the other sends on or
// closes too, by way of a shared variable or a copy.
func (c channelDeeds) closing(other channelDeeds) bool {
	return clash(c.captured, other.captured, closes, closes|sends) ||
		clash(c.strays, other.byType, sends, closes) || clash(c.byType, other.strays, closes, sends)
}

// clash reports whether one does x to a thing and the other y.
func clash[K comparable](f, g map[K]deed, x, y deed) bool {
	for key, d := range f {
		if e := g[key]; d&x != 0 && e&y != 0 || e&x != 0 && d&y != 0 {
			return true
		}
	}
	return false
}

// capturedBy returns the captured variable that a value was loaded from.
func capturedBy(v ssa.Value) (*ssa.FreeVar, bool) {
	load, ok := v.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil, false
	}
	captured, ok := load.X.(*ssa.FreeVar)
	return captured, ok
}

// isStray reports whether a channel was taken out of a container that is no
// field.
func isStray(v ssa.Value) bool {
	switch x := v.(type) {
	case *ssa.UnOp:
		_, isElem := x.X.(*ssa.IndexAddr)
		return x.Op == token.MUL && isElem && objectOf(v) == nil
	case *ssa.Extract:
		_, isNext := x.Tuple.(*ssa.Next)
		return isNext && objectOf(v) == nil
	case *ssa.Lookup:
		return objectOf(v) == nil
	}
	return false
}

// eachChannel calls do with each channel that an instruction works on.
func eachChannel(instr ssa.Instruction, do func(ch ssa.Value, d deed)) {
	switch instr := instr.(type) {
	case *ssa.Send:
		do(instr.Chan, sends)
	case *ssa.Select:
		for _, c := range instr.States {
			if c.Dir == types.SendOnly {
				do(c.Chan, sends)
			} else {
				do(c.Chan, receives)
			}
		}
	case *ssa.UnOp:
		if instr.Op == token.ARROW {
			do(instr.X, receives)
		}
	case ssa.CallInstruction:
		call := instr.Common()
		if program.Builtin(call) == "close" {
			do(call.Args[0], closes)
		}
	}
}
