package sharing

import (
	"slices"

	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// isSubtest reports whether fn runs its function argument as a subtest.
func isSubtest(fn *types.Func) bool { return model.Key(fn) == "(testing.T).Run" }

// addSubtest adds what a subtest does. It runs where it stands, unless it
// calls t.Parallel: from then on it is paused until the test function has
// returned, and runs at the same time as the other parallel subtests.
func (b *builder) addSubtest(step *Step, call ssa.CallInstruction, arg ssa.Value, held Held) {
	body, _ := b.callable(arg)
	if body == nil {
		return
	}
	parallel := parallelCall(body)
	if parallel == nil {
		b.add(step, call, body, nil, Run{Held: held})
		return
	}
	spawn, _ := (&view{b: b, call: call, callee: body}).spawn()
	spawn.Parallel = true
	after := reachableFrom(parallel, nil)
	spawn.Effects = slices.DeleteFunc(spawn.Effects, func(e Effect) bool { return !after.has(e.Within(body)) })
	step.Spawns = append(step.Spawns, spawn)
}

// Within returns the instruction of the given function, on the way to the
// access, from which the effect comes.
func (e *Effect) Within(fn *ssa.Function) ssa.Instruction {
	for _, call := range e.Calls {
		if call.Parent() == fn {
			return call
		}
	}
	return e.Instr
}

func parallelCall(fn *ssa.Function) ssa.Instruction {
	var found ssa.Instruction
	eachInstr(fn, func(instr ssa.Instruction) {
		if call, ok := instr.(*ssa.Call); ok && found == nil {
			if callee := CalleeObject(&call.Call); callee != nil && model.Key(callee) == "(testing.T).Parallel" {
				found = call
			}
		}
	})
	return found
}
