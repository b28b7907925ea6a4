package checkthenact

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// derives reports whether a value is made of another.
func derives(v, from ssa.Value) bool {
	return program.Derives(v, func(part ssa.Value) bool { return part == from }, program.CallsBuiltin)
}

// controlled reports whether the action is taken on one outcome of the check.
func controlled(check, act step) bool { return branchOn(check, act) != nil }

// branchOn returns the block that is entered on the outcome of the check on
// which the action is taken, or nil.
func branchOn(check, act step) *ssa.BasicBlock {
	for _, block := range act.instr.Parent().Blocks {
		branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
		if !ok || !derives(branch.Cond, check.result()) {
			continue
		}
		for _, succ := range block.Succs {
			if len(succ.Preds) == 1 && succ.Dominates(act.instr.Block()) {
				return succ
			}
		}
	}
	return nil
}

// claimsFirst reports whether the action is the first that is done on the
// outcome of the check, and something follows: what must not happen twice.
func claimsFirst(check, act step) bool {
	block := branchOn(check, act)
	if act.instr.Block() != block || asserted(block) {
		return false
	}
	for _, instr := range block.Instrs {
		if instr == act.instr {
			return doesMore(act)
		}
		if _, ok := instr.(ssa.CallInstruction); ok {
			return false
		}
	}
	return false
}

// asserted reports whether the other outcome is a panic: the check is there to
// find misuse.
func asserted(block *ssa.BasicBlock) bool {
	for _, succ := range block.Preds[0].Succs {
		if _, panics := succ.Instrs[len(succ.Instrs)-1].(*ssa.Panic); panics {
			return true
		}
	}
	return false
}

// doesMore reports whether something with an effect follows the action in its
// block or those that come next on this outcome alone.
func doesMore(act step) bool {
	behind := false
	for _, instr := range act.instr.Block().Instrs {
		if behind && hasEffect(instr) {
			return true
		}
		behind = behind || instr == act.instr
	}
	for _, block := range act.instr.Block().Dominees() {
		for _, instr := range block.Instrs {
			if hasEffect(instr) {
				return true
			}
		}
	}
	return false
}

// endsOrStarts reports whether, on the outcome of the check alone, a channel
// is closed, something is stopped, or a goroutine started: that is never done
// twice on purpose.
func endsOrStarts(check, act step) bool {
	branch := branchOn(check, act)
	for _, block := range act.instr.Parent().Blocks {
		if !branch.Dominates(block) {
			continue
		}
		for _, instr := range block.Instrs {
			if _, ok := instr.(*ssa.Go); ok || closes(instr) {
				return true
			}
		}
	}
	return false
}

func closes(instr ssa.Instruction) bool {
	call, ok := instr.(*ssa.Call)
	if !ok {
		return false
	}
	fn := sharing.CalleeObject(&call.Call)
	return program.Builtin(&call.Call) == "close" || fn != nil && (fn.Name() == "Close" || fn.Name() == "Stop")
}

func hasEffect(instr ssa.Instruction) bool {
	switch instr.(type) {
	case *ssa.Call, *ssa.Go, *ssa.Send, *ssa.Store, *ssa.MapUpdate, *ssa.Select:
		return true
	}
	return false
}

// isMarker reports whether a value says nothing but that it is there.
func isMarker(v ssa.Value) bool {
	if boxed, ok := v.(*ssa.MakeInterface); ok {
		v = boxed.X
	}
	if match.IsEmptyStruct(v.Type()) {
		return true
	}
	c, ok := v.(*ssa.Const)
	return ok && (c.IsNil() || types.Identical(v.Type().Underlying(), types.Typ[types.Bool]))
}

// hasState reports whether a value is a new object with a state that its
// users change through it, so that two of them are not as good as one: a
// channel, a struct with a lock, an atomic or a channel, something that has to be
// closed; a map, unless it was
// filled before it is stored atomically, as those are that nobody changes.
func hasState(v ssa.Value, where kind) bool {
	if boxed, ok := v.(*ssa.MakeInterface); ok {
		v = boxed.X
	}
	switch v := v.(type) {
	case *ssa.MakeChan:
		return true
	case *ssa.MakeMap:
		return where == guarded
	case *ssa.Alloc:
		return stateful(v.Type().Underlying().(*types.Pointer).Elem(), 2)
	case *ssa.Call, *ssa.Extract:
		pointer, ok := v.Type().Underlying().(*types.Pointer)
		return ok && stateful(pointer.Elem(), 2)
	case *ssa.UnOp:
		return false
	}
	return false
}

func stateful(t types.Type, depth int) bool {
	if named, ok := types.Unalias(t).(*types.Named); ok && named.Obj().Pkg() != nil {
		switch named.Obj().Pkg().Path() {
		case "sync", "sync/atomic":
			return true
		}
	}
	if method, _, _ := types.LookupFieldOrMethod(t, true, nil, "Close"); method != nil {
		_, ok := method.(*types.Func)
		return ok
	}
	switch t := t.Underlying().(type) {
	case *types.Chan:
		return true
	case *types.Struct:
		for field := range t.Fields() {
			if depth > 0 && stateful(field.Type(), depth-1) {
				return true
			}
		}
	}
	return false
}
