package chanleak

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A user is a function that knows the channel, as the owner sees it.
type user struct {
	fn    *ssa.Function
	spawn ssa.CallInstruction // nil on the owner's goroutine
	call  ssa.Instruction     // of the owner, that leads there; nil for the owner itself
	many  bool                // several goroutines run it
	fills bool                // on its goroutine, in a loop that fills any buffer
	depth int
}

// maxDepth bounds the functions between the owner and a use.
const maxDepth = 4

// started says who runs a function literal, and false if that isn't one call
// or go statement.
func (m *meeting) started(closure *ssa.MakeClosure, fn *ssa.Function, by user) (user, bool) {
	use, as := onlyUse(closure)
	if store, kept := use.(*ssa.Store); kept {
		return m.helps(store, fn, by)
	}
	site, ok := use.(ssa.CallInstruction)
	if !ok {
		return user{}, false
	}
	if site.Common().Value == as {
		return m.enter(site, fn, by)
	}
	callee := sharing.CalleeObject(site.Common())
	switch {
	case callee == nil:
		return user{}, false
	case model.Visits(callee):
		next, ok := m.enter(site, fn, by)
		next.many = true
		return next, ok
	case model.Spawns(callee) < 0:
		return user{}, false
	}
	return m.spawned(site, fn, by), true
}

// onlyUse returns the one instruction that uses a value, and as what: it may
// have been given a named type; nil if there are several.
func onlyUse(v ssa.Value) (use ssa.Instruction, as ssa.Value) {
	for _, ref := range *v.Referrers() {
		if _, debug := ref.(*ssa.DebugRef); debug {
			continue
		}
		if use != nil {
			return nil, nil
		}
		use = ref
	}
	if named, ok := use.(*ssa.ChangeType); ok {
		return onlyUse(named)
	}
	return use, v
}

// enter says who runs a function that an instruction calls or starts.
func (m *meeting) enter(site ssa.CallInstruction, fn *ssa.Function, by user) (user, bool) {
	if by.depth >= maxDepth {
		return user{}, false
	}
	switch site.(type) {
	case *ssa.Go:
		return m.spawned(site, fn, by), true
	case *ssa.Call:
		next := user{fn: fn, spawn: by.spawn, call: by.call, many: by.many || by.spawn != nil && inCycle(site), depth: by.depth + 1}
		next.fills = by.fills || fills(site, m.made)
		if by.fn == m.owner {
			next.call = site
		}
		if by.spawn != nil {
			m.talks[site] = fn
		}
		return next, true
	}
	return user{}, false // deferred
}

func (m *meeting) spawned(site ssa.CallInstruction, fn *ssa.Function, by user) user {
	next := user{fn: fn, spawn: by.spawn, many: by.many || m.again(site), depth: by.depth + 1}
	if next.spawn == nil {
		next.spawn = site
		if call, ok := by.call.(ssa.CallInstruction); ok {
			next.spawn = call
		}
	}
	if !slices.Contains(m.bodies, next) {
		m.bodies = append(m.bodies, next)
	}
	return next
}

// again reports whether an instruction can run twice for one channel.
func (m *meeting) again(site ssa.Instruction) bool {
	if site.Parent() == m.owner {
		return program.Leads(site, site, func(instr ssa.Instruction) bool { return instr == ssa.Instruction(m.made) })
	}
	return inCycle(site)
}

func inCycle(instr ssa.Instruction) bool { return sharing.Reaches(instr, instr) }
