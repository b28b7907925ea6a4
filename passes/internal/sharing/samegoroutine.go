package sharing

import "golang.org/x/tools/go/ssa"

// RunsOn returns the functions of the package that run on the goroutine of a
// function, it included, as far as they are called by name or as literals; of
// interface methods, those that [Evidence.Callee] knows.
func (e *Evidence) RunsOn(fn *ssa.Function) map[*ssa.Function]bool {
	known := make(map[*ssa.Function]bool)
	e.runsOn(fn, known)
	return known
}

// RunsInMany reports whether goroutines that are started in a loop run a
// function.
func (e *Evidence) RunsInMany(fn *ssa.Function) bool {
	for _, starter := range e.Functions() {
		for _, step := range e.builder.footprint(starter).Steps {
			for _, spawn := range step.Spawns {
				if (spawn.Many || Reaches(step.Instr, step.Instr)) && e.RunsOn(spawn.Body)[fn] {
					return true
				}
			}
		}
	}
	return false
}

func (e *Evidence) runsOn(fn *ssa.Function, into map[*ssa.Function]bool) {
	if fn == nil || into[fn] || len(fn.Blocks) == 0 {
		return
	}
	into[fn] = true
	eachInstr(fn, func(instr ssa.Instruction) {
		if _, starts := instr.(*ssa.Go); starts {
			return
		}
		if call, ok := instr.(ssa.CallInstruction); ok {
			callee, _ := e.Callee(call.Common())
			e.runsOn(callee, into)
		}
	})
}
