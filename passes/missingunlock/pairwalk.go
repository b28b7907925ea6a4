package missingunlock

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// effect says what an instruction does to what the site has taken.
func (p *pairs) effect(site *ssa.Call, taken pair, instr ssa.Instruction) paths.Effect {
	switch instr := instr.(type) {
	case *ssa.Store:
		for _, variable := range taken.places {
			if instr.Addr == variable {
				return paths.Effect{Does: paths.Loses}
			}
		}
	case *ssa.MakeClosure:
		if !paths.OnlyCalled(instr) && p.gives(p.evidence.FunctionIn(instr), taken, maxDepth) {
			return paths.Effect{Does: paths.HandsOn}
		}
	case *ssa.Go:
		if p.gives(p.evidence.FunctionIn(instr.Call.Value), taken, maxDepth) {
			return paths.Effect{Does: paths.HandsOn}
		}
	case ssa.CallInstruction:
		if instr == ssa.CallInstruction(site) {
			if taken.tries {
				return paths.Effect{Does: paths.Tries}
			}
			return paths.Effect{Does: paths.Takes}
		}
		return paths.Effect{Does: p.call(site, taken, instr.Common())}
	}
	return paths.Effect{}
}

// call is the effect of another call: of the counterpart, or of a function
// that may call it.
func (p *pairs) call(site *ssa.Call, taken pair, call *ssa.CallCommon) paths.Deed {
	if fn := sharing.CalleeObject(call); fn != nil && fn.Origin() == taken.giver {
		receiver, args, _ := p.named(call)
		switch {
		case receiver == taken.receiver && args == taken.args:
			return paths.Meets
		case p.takenElsewhere(site.Parent(), receiver, args):
			return paths.Nothing
		}
		return paths.Loses
	} else if fn != nil && model.FailsTest(fn) {
		return paths.Stops
	}
	fn, _ := p.evidence.Callee(call)
	switch {
	case fn == nil || !p.gives(fn, taken, maxDepth):
		return paths.Nothing
	case fn.Parent() != site.Parent():
		return paths.Loses
	}
	inner := &paths.Duty{Effect: func(instr ssa.Instruction, now paths.Standing) paths.Effect { return p.effect(site, taken, instr) }}
	if inner.Follow(p.evidence, fn, paths.Owed) && inner.Only(paths.Met) {
		return paths.Meets
	}
	return paths.Loses
}

// takenElsewhere reports whether the function takes another thing that goes by
// the arguments.
func (p *pairs) takenElsewhere(fn *ssa.Function, receiver *sharing.Place, args string) bool {
	found := false
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		if call, ok := instr.(*ssa.Call); ok {
			other, takes := p.taken(&call.Call)
			found = found || takes && other.receiver == receiver && other.args == args
		}
	})
	return found
}

// maxDepth bounds the calls to the counterpart.
const maxDepth = 3

// gives reports whether a function calls the counterpart, itself or by what it
// calls, or is it.
func (p *pairs) gives(fn *ssa.Function, taken pair, depth int) bool {
	if fn == nil || depth == 0 {
		return false
	}
	if obj, ok := fn.Object().(*types.Func); ok && obj.Origin() == taken.giver {
		return true
	}
	found := false
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		switch instr := instr.(type) {
		case *ssa.MakeClosure:
			found = found || p.gives(instr.Fn.(*ssa.Function), taken, depth-1)
		case ssa.CallInstruction:
			obj := sharing.CalleeObject(instr.Common())
			callee, _ := p.evidence.Callee(instr.Common())
			found = found || obj != nil && obj.Origin() == taken.giver || p.gives(callee, taken, depth-1)
		}
	})
	return found
}

// callersGive reports whether a caller in the package calls the counterpart.
func (p *pairs) callersGive(fn *ssa.Function, taken pair) bool {
	for _, caller := range p.evidence.Callers(fn) {
		if p.gives(caller, taken, 1) {
			return true
		}
	}
	return false
}
