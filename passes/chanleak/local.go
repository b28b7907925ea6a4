package chanleak

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A meeting is a channel that one function makes and only it and the
// goroutines that it starts know: goroutines send, the function receives.
type meeting struct {
	made     *ssa.MakeChan
	owner    *ssa.Function
	sends    []sending
	receives map[ssa.Instruction]bool          // of the owner: receives, selects, calls of functions that receive
	bodies   []user                            // what the goroutines run
	talks    map[ssa.Instruction]*ssa.Function // of goroutines: what sends or closes; calls of functions that know the channel
	site     *ssa.Call                         // that returns the channel to the owner, see stream.go
	called   bool                              // what comes now is the owner's side of it
	lost     bool                              // used in another way: nothing is known
}

// A sending is a send that a goroutine makes, come what may of it.
type sending struct {
	send  *ssa.Send
	fn    *ssa.Function       // that sends
	spawn ssa.CallInstruction // by which the owner starts the goroutine, or one that starts it
	many  bool                // more than one such goroutine, or a send in a loop
	crowd bool                // more than one such goroutine
	fills bool                // in a loop that fills any buffer, see buffer.go
}

func newMeeting(made *ssa.MakeChan) *meeting {
	return &meeting{made: made, owner: made.Parent(), receives: make(map[ssa.Instruction]bool), talks: make(map[ssa.Instruction]*ssa.Function)}
}

// findMeeting looks at all that is done to the channel of a make.
func findMeeting(made *ssa.MakeChan) *meeting {
	m := newMeeting(made)
	m.follow(made, user{fn: m.owner})
	if m.lost || len(m.talks) == 0 || len(m.receives) == 0 {
		return nil
	}
	return m
}

// follow goes through the uses of a value that is the channel.
func (m *meeting) follow(v ssa.Value, by user) {
	for _, ref := range *v.Referrers() {
		if m.lost {
			return
		}
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.ChangeType:
			m.follow(ref, by)
		case *ssa.Store:
			cell, ok := ref.Addr.(*ssa.Alloc)
			if !ok || ref.Val != v {
				m.lost = true
				return
			}
			m.followCell(cell, ref, by)
		case *ssa.UnOp:
			m.receive(ref, by)
		case *ssa.Return:
			m.lost = m.lost || m.site == nil || m.called || by.fn != m.owner
		case *ssa.Send:
			m.send(ref, v, by)
		case *ssa.Select:
			m.selects(ref, v, by)
		case ssa.CallInstruction:
			m.call(ref, v, by)
		default:
			m.lost = true
		}
	}
}

// followCell goes through the uses of a variable that holds the channel, set
// by the one store alone.
func (m *meeting) followCell(cell ssa.Value, set *ssa.Store, by user) {
	for _, ref := range *cell.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef:
		case *ssa.UnOp:
			m.follow(ref, by)
		case *ssa.Store:
			m.lost = m.lost || ref != set
		case *ssa.MakeClosure:
			fn := ref.Fn.(*ssa.Function)
			next, ok := m.started(ref, fn, by)
			if !ok {
				m.lost = true
				return
			}
			for i, bound := range ref.Bindings {
				if bound == cell {
					m.followCell(fn.FreeVars[i], set, next)
				}
			}
		default:
			m.lost = true
		}
	}
}

func (m *meeting) receive(instr ssa.Instruction, by user) {
	op, isOp := instr.(*ssa.UnOp)
	switch {
	case isOp && op.Op != token.ARROW, by.spawn != nil:
		m.lost = true
	case by.call != nil:
		m.receives[by.call] = true
	default:
		m.receives[instr] = true
	}
}

func (m *meeting) send(send *ssa.Send, channel ssa.Value, by user) {
	if send.Chan != channel || by.spawn == nil {
		m.lost = true
		return
	}
	m.talks[send] = nil
	m.sends = append(m.sends, sending{
		send:  send,
		fn:    by.fn,
		spawn: by.spawn,
		many:  by.many || inCycle(send),
		crowd: by.many,
		fills: by.fills || fills(send, m.made),
	})
}

// selects looks at the cases: a send that has an alternative isn't stuck.
func (m *meeting) selects(s *ssa.Select, channel ssa.Value, by user) {
	for _, state := range s.States {
		switch {
		case state.Send == channel, state.Chan == channel && state.Dir == types.SendOnly && by.spawn == nil:
			m.lost = true
		case state.Chan == channel && state.Dir == types.SendOnly:
			m.talks[s] = nil
		case state.Chan == channel && state.Dir == types.RecvOnly:
			m.receive(s, by)
		}
	}
}

func (m *meeting) call(site ssa.CallInstruction, v ssa.Value, by user) {
	common := site.Common()
	if name := program.Builtin(common); name != "" {
		switch name {
		case "close":
			m.talks[site] = nil
			m.lost = m.lost || by.spawn == nil // who may send then isn't asked here
		case "len", "cap":
		default:
			m.lost = true
		}
		return
	}
	fn := sharing.Origin(common.StaticCallee())
	if fn == nil || len(fn.Blocks) == 0 || fn.Synthetic != "" {
		m.lost = true
		return
	}
	next, ok := m.enter(site, fn, by)
	if !ok {
		m.lost = true
		return
	}
	for i, arg := range common.Args {
		if arg == v && i < len(fn.Params) {
			m.follow(fn.Params[i], next)
		}
	}
}
