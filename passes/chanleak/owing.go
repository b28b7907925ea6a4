package chanleak

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/edit"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// owing finds goroutines that owe the function which starts them one value
// each, and end without it on one path, while the function counts on it and
// waits for nothing else:
//
//	for _, c := range cases {
//		go func() {
//			if !c.enabled {
//				return // reported
//			}
//			outcomes <- c.run()
//		}()
//	}
//	for range cases {
//		all = append(all, <-outcomes)
//	}
//
// The same goes for a goroutine that takes jobs off another channel and owes a
// value for each, see jobs.go. Nobody else sends, since the channel is known to
// the function and its goroutines alone; to close it pays, too.
func (l *leavings) owing(m *meeting) {
	if m.site != nil || len(m.bodies) == 0 || l.mayPassBy(m) {
		return
	}
	d := &debts{leavings: l, meeting: m, of: []*meeting{m}, judged: make(map[*ssa.Function]bool)}
	if m.talksInLoop() {
		d.perJob()
		return
	}
	if d.count = l.counts(m); d.wait == nil {
		return
	}
	for _, body := range m.bodies {
		d.judge(body.fn)
	}
}

// mayPassBy reports whether the owner may return without a receive: it may know
// that nothing comes.
func (l *leavings) mayPassBy(m *meeting) bool {
	return slices.ContainsFunc(m.bodies, func(body user) bool {
		s := sending{fn: body.fn, spawn: body.spawn}
		return l.search(m, s, s.spawn, program.Decided(s.spawn)) != nil
	})
}

// talksInLoop reports whether a goroutine sends in a loop.
func (m *meeting) talksInLoop() bool {
	for instr := range m.talks {
		if inCycle(instr) {
			return true
		}
	}
	return false
}

// A count is how the owner waits for one value of each goroutine.
type count struct {
	wait ssa.Instruction // a receive that does; nil if the owner waits in another way
	sure bool            // as often as goroutines are started, whatever they find
}

// counts compares the receives of the owner with the goroutines: there are as
// many of both, one by one or in loops that something counts.
func (l *leavings) counts(m *meeting) count {
	var single, looped []ssa.Instruction
	for _, receive := range m.inOrder() {
		op, ok := receive.(*ssa.UnOp)
		if !ok || op.CommaOk {
			return count{}
		}
		if loop := program.LoopAround(receive.Block()); loop == nil {
			single = append(single, receive)
		} else if _, counted := loop.Counted(); counted {
			looped = append(looped, receive)
		} else {
			return count{}
		}
	}
	crowds := 0
	for _, body := range m.bodies {
		if body.many {
			crowds++
		}
	}
	switch {
	case len(looped) == 0 && crowds == 0 && len(m.bodies) <= len(single):
		return count{single[0], true}
	case len(looped) == 1 && len(single) == 0 && len(m.bodies) == 1 && crowds == 1:
		return count{looped[0], l.asOften(m.bodies[0].spawn, looped[0])}
	}
	return count{}
}

// asOften reports whether two instructions stand in loops that count the same,
// and neither is passed by in a round.
func (l *leavings) asOften(a, b ssa.Instruction) bool {
	x, y := program.LoopAround(a.Block()), program.LoopAround(b.Block())
	if x == nil || y == nil || !x.EachRound(a.Block()) || !y.EachRound(b.Block()) {
		return false
	}
	m, _ := x.Counted()
	n, _ := y.Counted()
	return m != nil && n != nil && (m == n || l.lengthOf(m) != nil && l.lengthOf(m) == l.lengthOf(n))
}

// lengthOf returns the place of which a value is the length, nil for others.
func (l *leavings) lengthOf(v ssa.Value) *sharing.Place {
	call, ok := v.(*ssa.Call)
	if !ok {
		return nil
	}
	if program.Builtin(&call.Call) != "len" {
		return nil
	}
	return l.evidence().PlaceOf(call.Call.Args[0])
}

// debts judges the functions that owe a value on a channel.
type debts struct {
	*leavings
	*meeting
	count
	of     []*meeting // one for each channel on which the value may come
	judged map[*ssa.Function]bool
}

// judge looks at a function that owes one value on all of its paths: the body
// of a goroutine or, if that is all it does about the channel, one that it
// calls.
func (d *debts) judge(fn *ssa.Function) {
	if d.judged[fn] || len(fn.Blocks) == 0 {
		return
	}
	d.judged[fn] = true
	duty := &paths.Duty{Effect: d.effect}
	duty.Follow(d.evidence(), fn, paths.Owed)
	exits := duty.Skipped()
	if d.sure {
		exits = duty.Unmet()
	}
	d.report(fn, exits)
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		if callee := d.talks[instr]; callee != nil && d.onlyTalk(instr) {
			d.judge(callee)
		}
	})
}

func (d *debts) report(fn *ssa.Function, exits []paths.Exit) {
	for _, exit := range exits {
		if d.excused(exit) {
			continue
		}
		d.found = append(d.found, saysNothing(d.pass, fn, exit, d.spelled(), d.wait)...)
	}
}

// spelled returns the channels as their first send or close has them.
func (d *debts) spelled() string {
	var names []string
	for _, m := range d.of {
		names = append(names, d.nameOf(m))
	}
	return strings.Join(names, " or ")
}

func (d *debts) nameOf(m *meeting) string {
	if len(m.sends) > 0 {
		_, channel := sendSyntax(m.sends[0].send)
		return edit.Print(d.pass.Fset, channel)
	}
	for _, body := range m.bodies {
		for _, block := range body.fn.Blocks {
			for _, instr := range block.Instrs {
				site, isCall := instr.(ssa.CallInstruction)
				if callee, talks := m.talks[instr]; !isCall || !talks || callee != nil {
					continue
				}
				if call := d.evidence().CallExpr(site); call != nil {
					return edit.Print(d.pass.Fset, call.Args[0])
				}
			}
		}
	}
	return "the channel"
}

// onlyTalk reports whether a call is all that its function does about the
// channel.
func (m *meeting) onlyTalk(call ssa.Instruction) bool {
	for instr := range m.talks {
		if instr != call && instr.Parent() == call.Parent() {
			return false
		}
	}
	return true
}

// effect says what an instruction does about the value that is owed.
func (d *debts) effect(instr ssa.Instruction, _ paths.Standing) paths.Effect {
	callee, talks := d.talks[instr]
	switch {
	case d.ends(instr):
		return paths.Effect{Does: paths.Stops}
	case !talks:
		return paths.Effect{}
	case callee == nil:
		return paths.Effect{Does: paths.Meets}
	}
	return paths.Effect{Does: d.paidBy(callee)}
}

// paidBy says what a call of a function does that knows the channel.
func (d *debts) paidBy(callee *ssa.Function) paths.Deed {
	duty := &paths.Duty{Effect: d.effect}
	switch followed := duty.Follow(d.evidence(), callee, paths.Owed); {
	case !followed:
		return paths.Loses
	case duty.Only(paths.Met):
		return paths.Meets
	case duty.Only(paths.Owed):
		return paths.Nothing
	}
	return paths.Loses
}
