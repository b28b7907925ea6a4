package waitmisuse

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// addedLate reports a goroutine that counts itself, by an Add in the function
// that it runs, where whoever starts it doesn't:
//
//	func (c *cache) Put(data []byte) { go c.upload(data) }
//
//	func (c *cache) upload(data []byte) {
//		c.slots <- struct{}{}
//		c.uploads.Add(1) // reported: Wait may come before it
//		defer c.uploads.Done()
//		…
//	}
//
// A lock may keep the two apart. An Add for others, of goroutines that this one
// starts, is followed by no Done of its own. Who waits for a word of the
// goroutine behind the go statement may wait for its Add.
func (s *skips) addedLate(goroutine spawned) {
	for _, group := range s.added {
		adds := s.adds[group]
		i := slices.IndexFunc(adds, func(add ssa.CallInstruction) bool { return add.Parent() == goroutine.body })
		if i < 0 || !s.countsItselfDown(goroutine.body, group) || s.countedBefore(goroutine.site.Parent(), group) || hears(goroutine.site) || len(s.evidence().HeldAt(adds[i]).Must) > 0 {
			continue
		}
		waits := slices.DeleteFunc(slices.Clone(s.waits[group]), func(wait *ssa.Call) bool { return wait.Parent() == goroutine.body })
		if len(waits) > 0 {
			s.found = append(s.found, s.lateFinding(goroutine, adds[i], waits))
		}
	}
}

// countsItselfDown reports whether the body of a goroutine, or a literal that
// it defers, calls Done, and none that it starts or keeps does.
func (s *skips) countsItselfDown(body *ssa.Function, group any) bool {
	if s.lent[group] {
		return false
	}
	own := false
	for _, fn := range s.dones[group] {
		switch {
		case fn == body, fn.Parent() == body && isDeferred(s.closures[fn]):
			own = true
		case fn.Parent() == body:
			return false
		}
	}
	return own
}

// isDeferred reports whether all that is done with a literal is to defer it.
func isDeferred(closure *ssa.MakeClosure) bool {
	return closure != nil && !slices.ContainsFunc(*closure.Referrers(), func(ref ssa.Instruction) bool {
		_, deferred := ref.(*ssa.Defer)
		_, debug := ref.(*ssa.DebugRef)
		return !deferred && !debug
	})
}

// countedBefore reports whether the function that starts a goroutine, one
// around it or one that calls it counts the group up. What one counts that starts
// it on another goroutine is that goroutine.
func (s *skips) countedBefore(starter *ssa.Function, group any) bool {
	counts := func(fn *ssa.Function) bool {
		return slices.ContainsFunc(s.adds[group], func(add ssa.CallInstruction) bool { return add.Parent() == fn })
	}
	called := func(site ssa.CallInstruction) bool {
		_, starts := site.(*ssa.Go)
		return !starts && counts(site.Parent())
	}
	for fn := starter; fn != nil; fn = fn.Parent() {
		if counts(fn) || slices.ContainsFunc(s.evidence().CallSites(fn), called) {
			return true
		}
	}
	return false
}

// hears reports whether something is received, or waited for, behind a go
// statement. Of the cases of a select only a channel counts that the function
// makes: others are there to stop it.
func hears(site ssa.CallInstruction) bool {
	found := false
	sharing.Instructions(site.Parent(), func(instr ssa.Instruction) {
		switch instr := instr.(type) {
		case *ssa.UnOp:
			found = found || instr.Op == token.ARROW && sharing.Reaches(site, instr)
		case *ssa.Select:
			found = found || sharing.Reaches(site, instr) && slices.ContainsFunc(instr.States, func(state *ssa.SelectState) bool {
				_, made := state.Chan.(*ssa.MakeChan)
				return made
			})
		case *ssa.Call:
			fn := sharing.CalleeObject(&instr.Call)
			found = found || fn != nil && model.Waits(fn) && model.Key(fn) != "(sync.WaitGroup).Wait" && sharing.Reaches(site, instr)
		}
	})
	return found
}
