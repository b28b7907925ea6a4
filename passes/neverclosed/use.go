package neverclosed

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// effect notes what an instruction does to channels, and where it lets them
// go.
func (a *aliases) effect(fn *ssa.Function, instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.Send:
		a.addSend(instr.Chan, instr)
		a.leaves(instr.X)
	case *ssa.Select:
		for _, state := range instr.States {
			if state.Dir == types.SendOnly {
				a.addSend(state.Chan, instr)
				a.leaves(state.Send)
			} else {
				a.addWait(state.Chan, instr)
			}
		}
	case *ssa.Store:
		if match.IsChan(instr.Val.Type()) {
			a.join(a.cell(instr.Addr), a.of(instr.Val))
		}
	case *ssa.Return:
		for n, v := range instr.Results {
			if match.IsChan(v.Type()) {
				a.join(a.of(result{fn, n}), a.of(v))
			}
		}
	case *ssa.MapUpdate:
		a.leaves(instr.Key)
		a.leaves(instr.Value)
	case *ssa.MakeInterface:
		a.leaves(instr.X)
	case *ssa.MakeClosure:
		a.captures(instr)
	case ssa.CallInstruction:
		a.call(instr)
	case *ssa.ChangeType:
		a.conversion(instr)
	case *ssa.UnOp:
		if instr.Op == token.ARROW {
			a.receive(instr)
		}
	}
	a.addresses(instr)
}

func (a *aliases) addSend(ch ssa.Value, instr ssa.Instruction) {
	c := a.of(ch)
	c.sends = append(c.sends, instr)
}

func (a *aliases) addWait(ch ssa.Value, instr ssa.Instruction) {
	c := a.of(ch)
	c.waits = append(c.waits, instr)
}

func (a *aliases) receive(instr *ssa.UnOp) {
	if d, ok := drainAt(instr); ok {
		c := a.of(instr.X)
		if d.loose {
			c.loose = append(c.loose, d)
		} else {
			c.drains = append(c.drains, d)
		}
		return
	}
	a.addWait(instr.X, instr)
}

// captures joins the variables of a closure with what they are bound to.
func (a *aliases) captures(closure *ssa.MakeClosure) {
	fn := closure.Fn.(*ssa.Function)
	for i, binding := range closure.Bindings {
		switch {
		case fn.Pkg != a.pkg || fn.Synthetic != "" && fn.Parent() == nil:
			a.leaves(binding) // a bound method of a channel type
		case match.IsChan(binding.Type()):
			a.join(a.of(fn.FreeVars[i]), a.of(binding))
		case pointsToChan(binding.Type()):
			a.join(a.cell(fn.FreeVars[i]), a.cell(binding))
		}
	}
}

func pointsToChan(t types.Type) bool {
	pointed := pointedTo(t)
	return pointed != t && match.IsChan(pointed)
}

// call joins arguments with parameters, or lets them escape.
func (a *aliases) call(call ssa.CallInstruction) {
	common := call.Common()
	if name := program.Builtin(common); name != "" {
		switch name {
		case "close":
			c := a.of(common.Args[0])
			c.closes = append(c.closes, call)
			return
		case "len", "cap":
			return
		}
	}
	fn := a.callee(call)
	for i, arg := range common.Args {
		switch {
		case !match.IsChan(arg.Type()):
		case fn != nil && i < len(fn.Params) && match.IsChan(fn.Params[i].Type()):
			a.join(a.of(fn.Params[i]), a.of(arg))
		default:
			a.leaves(arg)
		}
	}
}

// conversion lets the fields of a struct escape whose type becomes another:
// they would be one place under two names.
func (a *aliases) conversion(instr *ssa.ChangeType) {
	for _, t := range []types.Type{instr.X.Type(), instr.Type()} {
		structure, ok := pointedTo(t).Underlying().(*types.Struct)
		if !ok {
			continue
		}
		for field := range structure.Fields() {
			if match.IsChan(field.Type()) {
				a.of(field.Origin()).foreign = true
			}
		}
	}
}

// addresses lets channels escape whose address is used other than to load
// and store them, or to be captured.
func (a *aliases) addresses(instr ssa.Instruction) {
	for i, operand := range instr.Operands(nil) {
		v := *operand
		if v == nil || !pointsToChan(v.Type()) {
			continue
		}
		switch instr := instr.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.Store:
			if i == 1 || instr.Addr != v {
				a.cell(v).foreign = true
			}
		case *ssa.MakeClosure:
		default:
			a.cell(v).foreign = true
		}
	}
}
