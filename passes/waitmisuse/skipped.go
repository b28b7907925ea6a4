package waitmisuse

import (
	"slices"
	"sync"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// withoutSchedule finds counts that don't come out on a path, where
// exploration doesn't come: a goroutine that returns in front of its Done,
// one that counts itself, and an Add after which nothing is started.
func withoutSchedule(pass *analysis.Pass) []report.Finding {
	if !declaresGroup(pass) {
		return nil
	}
	prog := pass.ResultOf[program.Analyzer].(*program.Program)
	s := &skips{pass: pass, prog: prog, counters: findCounters(prog)}
	s.evidence = sync.OnceValue(func() *sharing.Evidence { return sharing.Collect(pass, prog) })
	for _, body := range s.spawned {
		s.doneSkipped(body)
		s.addedLate(body)
	}
	for _, add := range s.ones {
		s.startSkipped(add)
	}
	return s.found
}

// declaresGroup reports whether the package has a WaitGroup.
func declaresGroup(pass *analysis.Pass) bool {
	for _, obj := range pass.TypesInfo.Uses {
		if obj.Name() == "WaitGroup" && obj.Pkg() != nil && obj.Pkg().Path() == "sync" {
			return true
		}
	}
	return false
}

type skips struct {
	pass *analysis.Pass
	prog *program.Program
	*counters
	evidence func() *sharing.Evidence // made at the first need
	found    []report.Finding
}

// doneSkipped reports a Done that ends a goroutine, and isn't come to if the
// goroutine returns early:
//
//	go func() {
//		if err := step(); err != nil {
//			return
//		}
//		wg.Done() // reported
//	}()
//
// or in front of the defer statement that would have called it. A Done in a
// loop counts pieces of work. The early return must be one of its own: where
// Done is called under a condition, both ways lead to the same return.
func (s *skips) doneSkipped(goroutine spawned) {
	var dones []ssa.CallInstruction
	var group any
	given := false
	sharing.Instructions(goroutine.body, func(instr ssa.Instruction) {
		site, ok := instr.(ssa.CallInstruction)
		if !ok {
			given = given || s.handsOn(instr)
			return
		}
		method, of := s.operation(site.Common())
		_, starts := instr.(*ssa.Go)
		switch {
		case method == "Add" || method == "Done" && (starts || sharing.Reaches(instr, instr) || group != nil && group != of):
			given = true
		case method == "Done":
			dones, group = append(dones, site), of
		}
	})
	if given || group == nil || len(s.adds[group]) == 0 || len(s.waits[group]) == 0 {
		return
	}
	duty := &paths.Duty{Effect: func(instr ssa.Instruction, _ paths.Standing) paths.Effect {
		return s.effect(instr, group, goroutine.body)
	}}
	duty.Follow(s.evidence(), goroutine.body, paths.Owed)
	if exits := duty.Skipped(); len(exits) > 0 {
		s.found = append(s.found, s.doneFinding(goroutine, dones[len(dones)-1], exits[0].Return, s.waits[group][0]))
	}
}

// effect says what an instruction does about the count of its goroutine.
func (s *skips) effect(instr ssa.Instruction, group any, body *ssa.Function) paths.Effect {
	if call, ok := instr.(ssa.CallInstruction); ok {
		if method, of := s.operation(call.Common()); method == "Done" && of == group {
			return paths.Effect{Does: paths.Meets}
		}
	}
	switch {
	case s.ends(instr):
		return paths.Effect{Does: paths.Stops}
	case s.touches(instr, group, body):
		return paths.Effect{Does: paths.HandsOn}
	}
	return paths.Effect{}
}

// handsOn reports whether the goroutine defers or starts something that may
// count down for it.
func (s *skips) handsOn(instr ssa.Instruction) bool {
	closure, ok := instr.(*ssa.MakeClosure)
	if !ok {
		return false
	}
	for _, bound := range closure.Bindings {
		if isGroup(bound) {
			return true
		}
	}
	return false
}

// walk follows the paths from an instruction on.
func (s *skips) walk(from ssa.Instruction, visit func(ssa.Instruction) bool) {
	w := &program.Walk{Visit: func(instr ssa.Instruction) bool { return !s.ends(instr) && visit(instr) }}
	w.Behind(from)
}

// ends reports whether nothing that matters comes behind an instruction: a
// call that doesn't return, or fails a test.
func (s *skips) ends(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	fn := sharing.CalleeObject(&call.Call)
	return fn != nil && (s.prog.NoReturn(fn) || model.FailsTest(fn))
}

// touches reports whether an instruction has the group among its operands,
// or, of a group that is a field which others than the body count down, may
// lead to the object that has it.
func (s *skips) touches(instr ssa.Instruction, group any, body *ssa.Function) bool {
	for _, operand := range instr.Operands(nil) {
		if *operand != nil && s.leadsTo(*operand, group) {
			_, addressed := instr.(*ssa.FieldAddr)
			return !addressed
		}
	}
	if !isField(group) || body != nil && s.onlyIn(body, group) {
		return false
	}
	switch instr := instr.(type) {
	case *ssa.Go, *ssa.Defer, *ssa.MakeClosure:
		return true
	case *ssa.Call:
		callee := instr.Call.StaticCallee()
		return callee == nil || len(callee.Blocks) > 0
	}
	return false
}

// leadsTo reports whether a value is the group or a function literal that
// captures it.
func (s *skips) leadsTo(v ssa.Value, group any) bool {
	closure, ok := v.(*ssa.MakeClosure)
	if !ok {
		return s.group(v) == group
	}
	return slices.ContainsFunc(closure.Bindings, func(bound ssa.Value) bool { return s.group(bound) == group })
}

// startSkipped reports an Add(1) after which a path comes to the Wait, or
// around the loop to the same Add, and starts nothing in between:
//
//	for _, name := range names {
//		wg.Add(1) // reported
//		job, err := find(name)
//		if err != nil {
//			continue
//		}
//		go func() { defer wg.Done(); job() }()
//	}
func (s *skips) startSkipped(add call) {
	if isField(add.group) || s.stored(add.group) {
		return
	}
	started, skips := false, false
	s.walk(add.instr, func(instr ssa.Instruction) bool {
		method := ""
		if site, ok := instr.(ssa.CallInstruction); ok {
			method, _ = s.operation(site.Common())
		}
		if !s.touches(instr, add.group, nil) {
			return true
		}
		if instr == ssa.Instruction(add.instr) || method == "Wait" {
			skips = true
		} else {
			started = true
		}
		return false
	})
	if waits := s.waits[add.group]; started && skips && len(waits) > 0 && waits[0].Parent() == add.instr.Parent() {
		s.found = append(s.found, s.addFinding(add, waits[0]))
	}
}

// stored reports whether the group, or a function literal that knows it, is
// kept in a variable: what is started then isn't seen.
func (s *skips) stored(group any) bool {
	alloc, ok := group.(*ssa.Alloc)
	if !ok {
		return true
	}
	for _, ref := range *alloc.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if ref.Val == ssa.Value(alloc) {
				return true
			}
		case *ssa.MakeClosure:
			for _, use := range *ref.Referrers() {
				switch use.(type) {
				case *ssa.DebugRef, ssa.CallInstruction:
				default:
					return true
				}
			}
		case *ssa.Phi, *ssa.MakeInterface:
			return true
		}
	}
	return false
}

func isGroup(v ssa.Value) bool {
	alias := v.Type().String()
	return alias == "*sync.WaitGroup" || alias == "**sync.WaitGroup"
}
