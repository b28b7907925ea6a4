package chanleak

import (
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// missed reports whether somebody may take a slot after a path has kept one.
// The semaphore of one call ends with it: whoever leaves the loop that takes
// slots, and takes none behind it, needn't give the last one back.
//
//	sem := make(chan struct{}, 8)
//	for _, p := range parts {
//		sem <- struct{}{}
//		if ctx.Err() != nil {
//			break // nobody waits for this slot
//		}
//		go func() { … <-sem … }()
//	}
//	wg.Wait()
//
// Slots that others take, by literals that aren't just called, are missed.
func (s *semaphores) missed(class any, exit paths.Exit) bool {
	switch class.(type) {
	case *ssa.MakeChan, *ssa.Alloc:
	default:
		return true
	}
	t := s.of(class)
	last := lastOf(exit, t.made[0].Parent())
	if last == nil {
		return true
	}
	return slices.ContainsFunc(t.sends, func(take ssa.Instruction) bool {
		return slices.ContainsFunc(takesOf(take, last.Parent()), func(at ssa.Instruction) bool {
			return at == nil || t.leads(last, exit.Turned, at)
		})
	})
}

// leads reports whether a path leads from behind an instruction to another
// while the channel stays the same. Where an iteration ends, it does so by
// the edges that turn the loop.
func (t *traffic) leads(from ssa.Instruction, turned *ssa.BasicBlock, to ssa.Instruction) bool {
	found := false
	w := &program.Walk{
		Visit: func(instr ssa.Instruction) bool {
			found = found || instr == to
			return !found && !t.makes(instr)
		},
		Edge: func(block *ssa.BasicBlock, succ int) bool {
			return block != turned || block.Succs[succ].Dominates(block)
		},
	}
	w.Behind(from)
	return found
}

// lastOf returns the last instruction of a function on the way out by which it
// keeps a slot, or by which a goroutine does that it starts there; nil if
// another function keeps it.
func lastOf(exit paths.Exit, owner *ssa.Function) ssa.Instruction {
	var last ssa.Instruction = exit.Return
	if exit.Return == nil {
		last = exit.Turned.Instrs[len(exit.Turned.Instrs)-1]
	}
	switch owner {
	case last.Parent():
		return last
	case exit.Since.Parent():
		return exit.Since
	}
	return nil
}

// takesOf returns the instructions of the owner by which it comes to a take:
// that itself, or the calls of the literal that holds it; nil among them if
// others may take then.
func takesOf(take ssa.Instruction, owner *ssa.Function) []ssa.Instruction {
	if take.Parent() == owner {
		return []ssa.Instruction{take}
	}
	closure := closureOf(take.Parent())
	if closure == nil || closure.Parent() != owner || !paths.OnlyCalled(closure) {
		return []ssa.Instruction{nil}
	}
	var calls []ssa.Instruction
	for _, ref := range *closure.Referrers() {
		switch ref.(type) {
		case *ssa.Call:
			calls = append(calls, ref)
		case *ssa.Go, *ssa.Defer:
			calls = append(calls, nil)
		}
	}
	return calls
}

// closureOf returns the one place where a function literal is evaluated, nil
// for other functions.
func closureOf(fn *ssa.Function) *ssa.MakeClosure {
	refs := fn.Referrers()
	if refs == nil || len(*refs) != 1 {
		return nil
	}
	closure, _ := (*refs)[0].(*ssa.MakeClosure)
	return closure
}

// makes reports whether an instruction makes the channel anew.
func (t *traffic) makes(instr ssa.Instruction) bool {
	return slices.ContainsFunc(t.made, func(made *ssa.MakeChan) bool { return made == instr })
}
