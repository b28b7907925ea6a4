package chanleak

import (
	"maps"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// owingEither finds a goroutine that owes a value on one of several channels,
// and ends without any on one path, while the function selects among them once
// and waits for nothing else:
//
//	go func() {
//		switch text, err := load(); {
//		case err != nil:
//			failed <- err
//		case text != "":
//			loaded <- text
//		} // reported: neither
//	}()
//	select {
//	case text := <-loaded:
//	case err := <-failed:
//	}
//
// Each channel is known to the function and this goroutine alone.
func (l *leavings) owingEither(meetings []*meeting) {
	bySelect := make(map[*ssa.Select][]*meeting)
	for _, m := range meetings {
		if s := m.onlySelect(); s != nil {
			bySelect[s] = append(bySelect[s], m)
		}
	}
	for _, m := range meetings { // in order
		s := m.onlySelect()
		group := bySelect[s]
		if s == nil || len(group) != len(s.States) || group[0] != m || !oneBody(group) || l.mayPassBy(m) {
			continue
		}
		d := &debts{leavings: l, meeting: merged(group), of: group, judged: make(map[*ssa.Function]bool), count: count{wait: s, sure: true}}
		if !d.talksInLoop() {
			d.judge(m.bodies[0].fn)
		}
	}
}

// onlySelect returns the select statement that is all the owner does to
// receive, once; nil if it does anything else.
func (m *meeting) onlySelect() *ssa.Select {
	if len(m.receives) != 1 || m.site != nil {
		return nil
	}
	for instr := range m.receives {
		if s, ok := instr.(*ssa.Select); ok && s.Blocking && !inCycle(s) {
			return s
		}
	}
	return nil
}

// oneBody reports whether one goroutine, which is started once, serves all of
// the channels.
func oneBody(group []*meeting) bool {
	return !slices.ContainsFunc(group, func(m *meeting) bool {
		return len(m.bodies) != 1 || m.bodies[0].many || m.bodies[0].fn != group[0].bodies[0].fn
	})
}

// merged is what is said on any of the channels.
func merged(group []*meeting) *meeting {
	all := *group[0]
	all.talks = make(map[ssa.Instruction]*ssa.Function)
	for _, m := range group {
		maps.Copy(all.talks, m.talks)
	}
	return &all
}
