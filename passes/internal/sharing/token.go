package sharing

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
)

// A communication is a send on a channel or a receive from one.
type communication struct {
	channel ssa.Value
	send    bool
	arrow   token.Pos
}

// communications returns what an instruction may do on channels.
func communications(instr ssa.Instruction) []communication {
	switch instr := instr.(type) {
	case *ssa.Send:
		return []communication{{instr.Chan, true, instr.Pos()}}
	case *ssa.UnOp:
		if instr.Op == token.ARROW {
			return []communication{{instr.X, false, instr.Pos()}}
		}
	case *ssa.Select:
		list := make([]communication, len(instr.States))
		for i, state := range instr.States {
			list[i] = communication{state.Chan, state.Dir == types.SendOnly, state.Pos}
		}
		return list
	}
	return nil
}

// takesToken reports whether the instruction works on a channel that its
// function uses as a lock: it both sends and receives, in either order,
//
//	sem <- struct{}{}
//	defer func() { <-sem }()
//
// and the channel isn't known to have room for more than one.
func (l *locks) takesToken(instr ssa.Instruction) bool {
	for _, c := range communications(instr) {
		if l.tokensOf(instr.Parent())[l.places.of(c.channel)] {
			return true
		}
	}
	return false
}

// tokensOf returns the channels that the function uses as locks.
func (l *locks) tokensOf(fn *ssa.Function) map[*Place]bool {
	if known, ok := l.tokens[fn]; ok {
		return known
	}
	sends, both := make(map[*Place]bool), make(map[*Place]bool)
	var received []*Place
	l.eachCommunication(fn, func(c communication) {
		place := l.places.of(c.channel)
		if c.send {
			sends[place] = true
		} else {
			received = append(received, place)
		}
	})
	for _, place := range received {
		if sends[place] && !l.isSemaphore(place) {
			both[place] = true
		}
	}
	l.tokens[fn] = both
	return both
}

// eachCommunication visits those of the function and of its deferred
// literals.
func (l *locks) eachCommunication(fn *ssa.Function, visit func(communication)) {
	eachInstr(fn, func(instr ssa.Instruction) {
		for _, c := range communications(instr) {
			visit(c)
		}
		if deferred, ok := instr.(*ssa.Defer); ok {
			if callee := deferred.Call.StaticCallee(); callee != nil && callee.Parent() == fn {
				l.eachCommunication(callee, visit)
			}
		}
	})
}

// isSemaphore reports whether the channel is made with room for several, or
// for a number known only at run time. One in a field is what the package
// assigns to that field.
func (l *locks) isSemaphore(channel *Place) bool {
	if channel.Field == nil {
		return hasRoom(channel.Base())
	}
	made := l.channelsIn()[channel.Field]
	return len(made) > 0 && !slices.ContainsFunc(made, func(v ssa.Value) bool { return !hasRoom(v) })
}

// channelsIn returns what the package assigns to the fields that hold
// channels.
func (l *locks) channelsIn() map[*types.Var][]ssa.Value {
	if l.channels != nil {
		return l.channels
	}
	l.channels = make(map[*types.Var][]ssa.Value)
	for _, fn := range l.funcs {
		eachInstr(fn, func(instr ssa.Instruction) {
			store, ok := instr.(*ssa.Store)
			if !ok {
				return
			}
			addr, ok := store.Addr.(*ssa.FieldAddr)
			if _, isChan := store.Val.Type().Underlying().(*types.Chan); ok && isChan {
				if field := match.Field(addr.X.Type(), addr.Field); field != nil {
					l.channels[field.Origin()] = append(l.channels[field.Origin()], store.Val)
				}
			}
		})
	}
	return l.channels
}

func hasRoom(v ssa.Value) bool {
	made, ok := v.(*ssa.MakeChan)
	if !ok {
		return false
	}
	size, ok := made.Size.(*ssa.Const)
	if !ok {
		return true
	}
	room, exact := constant.Int64Val(constant.ToInt(size.Value))
	return exact && room > 1
}
