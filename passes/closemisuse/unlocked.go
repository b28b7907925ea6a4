package closemisuse

import (
	"fmt"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/report/verdicts"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// unlocked finds sends on a channel of an object that is closed under a lock,
// which the send doesn't hold, though whoever sends takes it for other things:
//
//	func (b *board) draw(s stroke) {        func (b *board) remove(p *peer) {
//		b.mu.Lock()                             b.mu.Lock()
//		peers := slices.Clone(b.peers)          defer b.mu.Unlock()
//		b.mu.Unlock()                           delete(b.peers, p)
//		for _, p := range peers {               close(p.send)
//			p.send <- s // reported         }
//		}
//	}
//
// The lock is there because both run at the same time; between it and the send
// the channel may be closed. All closes must hold a lock of that class, a must;
// that the send holds none is a must, too. Who takes the object out of a list
// or map before the send has it alone.
func unlocked(pass *analysis.Pass, evidence *sharing.Evidence) []report.Finding {
	u := &sends{pass: pass, evidence: evidence, closes: make(map[*types.Var][]sharing.Meeting), sends: make(map[*types.Var][]sharing.Meeting)}
	for _, fn := range evidence.Functions() {
		if !match.InTestFile(pass.Fset, fn.Pos()) {
			u.note(fn)
		}
	}
	var found []report.Finding
	for _, field := range u.closed {
		closes := u.closes[field]
		lock, ok := u.heldAtAll(closes)
		if !ok {
			continue
		}
		for _, send := range u.sends[field] {
			if u.isUnlocked(send, lock) && u.meet(send, closes, lock) {
				found = append(found, u.finding(send, closes[0], lock))
				break
			}
		}
	}
	return found
}

// sends knows where the package sends on channels in fields, and closes them.
type sends struct {
	pass     *analysis.Pass
	evidence *sharing.Evidence
	closed   []*types.Var // in the order of the first close
	closes   map[*types.Var][]sharing.Meeting
	sends    map[*types.Var][]sharing.Meeting
}

func (u *sends) note(fn *ssa.Function) {
	for _, meeting := range u.evidence.Meetings(fn) {
		field, ok := meeting.Place.Class().(*types.Var)
		if !ok || field.Exported() {
			continue
		}
		switch meeting.Kind {
		case sharing.Closes:
			if len(u.closes[field]) == 0 {
				u.closed = append(u.closed, field)
			}
			u.closes[field] = append(u.closes[field], meeting)
		case sharing.Sends:
			u.sends[field] = append(u.sends[field], meeting)
		}
	}
}

// heldAtAll returns the lock that is certainly held at all closes.
func (u *sends) heldAtAll(closes []sharing.Meeting) (sharing.Lock, bool) {
	for _, lock := range u.evidence.HeldAt(closes[0].Instr).Must {
		if !slices.ContainsFunc(closes, func(c sharing.Meeting) bool {
			_, held := u.evidence.HeldAt(c.Instr).Find(lock.Class())
			return !held || lock.Shared
		}) {
			return lock, true
		}
	}
	return sharing.Lock{}, false
}

// isUnlocked reports whether a send certainly holds no lock, in a function that
// takes this one for other things, itself or by what it calls.
func (u *sends) isUnlocked(send sharing.Meeting, lock sharing.Lock) bool {
	fn := send.Instr.Parent()
	if !u.evidence.HeldAt(send.Instr).None() || u.evidence.CalledUnderLock(fn) || fn.Parent() != nil {
		return false
	}
	takes := false
	for runner := range u.evidence.RunsOn(fn) {
		takes = takes || u.evidence.Takes(runner, lock.Class())
		if removesOrRecovers(runner) {
			return false
		}
	}
	return takes && !slices.ContainsFunc(u.evidence.Callers(fn), removesOrRecovers)
}

// removesOrRecovers reports whether a function takes something out of a map,
// or recovers from panics.
func removesOrRecovers(fn *ssa.Function) bool {
	found := false
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			return
		}
		name := program.Builtin(call.Common())
		found = found || name == "delete" || name == "recover"
	})
	return found
}

// meet reports whether the send and a close may run at the same time: two
// entries of the package, or goroutines, lead to them, and not one alone. What
// main does comes before or after all others, unless whoever sends asks first
// whether the channel is closed.
func (u *sends) meet(send sharing.Meeting, closes []sharing.Meeting, lock sharing.Lock) bool {
	var senders, closers []any
	sends, asks := send.Instr.Parent(), u.asksFirst(send, closes, lock)
	for _, entry := range u.evidence.Entries() {
		body, who := entry.Fn, any(entry.Fn)
		if entry.Spawn != nil {
			body, who = entry.Spawn.Body, entry.Spawn.Site
		}
		sequential := entry.Kind == sharing.Sequential
		if entry.Test || sequential && !asks {
			continue
		}
		runs := u.evidence.RunsOn(body)
		if runs[sends] && !sequential {
			senders = append(senders, who)
		}
		if slices.ContainsFunc(closes, func(c sharing.Meeting) bool { return runs[c.Instr.Parent()] }) {
			closers = append(closers, who)
		}
	}
	return slices.ContainsFunc(senders, func(sender any) bool {
		return slices.ContainsFunc(closers, func(closer any) bool { return closer != sender })
	})
}

// asksFirst reports whether the function of a send reads a field of the object
// under the lock, before the send, that is set where the channel is closed.
//
//	in.mu.RLock()                   in.mu.Lock()
//	closed := in.closed             in.closed = true
//	in.mu.RUnlock()                 close(in.events)
//	if closed {                     in.mu.Unlock()
//		return errClosed
//	}
//	in.events <- event
func (u *sends) asksFirst(send sharing.Meeting, closes []sharing.Meeting, lock sharing.Lock) bool {
	set := make(map[any]bool)
	for _, closing := range closes {
		sharing.Instructions(closing.Instr.Parent(), func(instr ssa.Instruction) {
			if store, ok := instr.(*ssa.Store); ok && u.holds(store, lock) {
				set[u.evidence.PlaceOf(store.Addr).Class()] = true
			}
		})
	}
	found := false
	sharing.Instructions(send.Instr.Parent(), func(instr ssa.Instruction) {
		load, ok := instr.(*ssa.UnOp)
		found = found || ok && load.Op == token.MUL && u.holds(load, lock) && set[u.evidence.PlaceOf(load.X).Class()] && load.Block().Dominates(send.Instr.Block())
	})
	return found
}

func (u *sends) holds(instr ssa.Instruction, lock sharing.Lock) bool {
	_, held := u.evidence.HeldAt(instr).Find(lock.Class())
	return held
}

func (u *sends) finding(send, closing sharing.Meeting, lock sharing.Lock) report.Finding {
	at, channel := report.Send(u.pass, send)
	f := report.Finding{
		Range:   at,
		Subject: send.Place.Class(),
		Related: []analysis.RelatedInformation{report.Here(report.CallRange(u.evidence, closing.Instr.(ssa.CallInstruction)), "closed here")},
	}
	f.Message = fmt.Sprintf("%s is sent on here without %s, under which it is closed at %s: a send that comes after panics",
		channel, lock.Place, verdicts.Place(u.pass, closing.Instr.Pos()))
	return f
}
