package chanleak

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/paths"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// An answer is owed on the channel in a field of a request, which a function
// is given or receives, since whoever made the request waits for it:
//
//	d := delivery{body, make(chan error, 1)}
//	queue <- d
//	return <-d.ack
type answer struct {
	*roads
	request  *sharing.Place
	field    *types.Var
	received ssa.Instruction // where the request comes in; nil for a parameter
	nth      int             // of a select: its case
}

// effect says what an instruction does about the answer. To pass the request
// on, or to keep it, hands the duty on with it.
func (a *answer) effect(instr ssa.Instruction, now paths.Standing) paths.Effect {
	if instr == a.received {
		if op, ok := instr.(*ssa.UnOp); ok && !op.CommaOk {
			return paths.Effect{Does: paths.Takes}
		}
		return paths.Effect{Does: paths.Tries, Case: a.nth}
	}
	if now != paths.Owed {
		return paths.Effect{}
	}
	switch instr := instr.(type) {
	case *ssa.UnOp, *ssa.FieldAddr, *ssa.Field, *ssa.DebugRef, *ssa.Extract, *ssa.BinOp, *ssa.If:
		return paths.Effect{}
	case *ssa.Send:
		if a.isChannel(instr.Chan) {
			return paths.Effect{Does: paths.Meets}
		}
	case *ssa.Select:
		for _, state := range instr.States {
			if state.Dir == types.SendOnly && a.isChannel(state.Chan) {
				return paths.Effect{Does: paths.Meets}
			}
		}
	case *ssa.Store:
		if a.evidence.PlaceOf(instr.Addr) == a.request {
			return paths.Effect{} // the variable of the request itself
		}
	case *ssa.MakeClosure:
		if paths.OnlyCalled(instr) {
			return paths.Effect{}
		}
	case *ssa.Call:
		return paths.Effect{Does: a.call(instr.Parent(), &instr.Call)}
	case *ssa.Defer:
		return paths.Effect{Does: a.call(instr.Parent(), &instr.Call)}
	}
	for _, operand := range instr.Operands(nil) {
		if a.carries(*operand) {
			return paths.Effect{Does: paths.HandsOn}
		}
	}
	return paths.Effect{}
}

// carries reports whether a value is the request, or its channel.
func (a *answer) carries(v ssa.Value) bool {
	return v != nil && (a.evidence.PlaceOf(v) == a.request || match.IsChan(v.Type()) && a.isChannel(v))
}

func (a *answer) isChannel(v ssa.Value) bool {
	place := a.evidence.PlaceOf(v)
	return place.Parent == a.request && place.Field == a.field
}

// call is the effect of a call: of close, or of a function that is given the
// request.
func (a *answer) call(from *ssa.Function, call *ssa.CallCommon) paths.Deed {
	if program.Builtin(call) == "close" && a.isChannel(call.Args[0]) {
		return paths.Meets
	}
	if fn := sharing.CalleeObject(call); fn != nil && model.FailsTest(fn) {
		return paths.Stops
	}
	fn, args := a.evidence.Callee(call)
	if fn != nil && fn.Parent() == from {
		return (&answer{roads: a.roads, request: a.request, field: a.field}).of(fn)
	}
	for i, arg := range args {
		if a.carries(arg) && fn != nil && i < len(fn.Params) && a.evidence.PlaceOf(arg) == a.request {
			return (&answer{roads: a.roads, request: a.home(fn.Params[i]), field: a.field}).of(fn)
		}
	}
	for _, arg := range append(call.Args[:len(call.Args):len(call.Args)], call.Value) {
		if a.carries(arg) {
			return paths.HandsOn
		}
	}
	return paths.Nothing
}

// of says what a call of a function does that has the request.
func (a *answer) of(fn *ssa.Function) paths.Deed {
	if len(fn.Blocks) > maxBlocks {
		return paths.Loses
	}
	d := &paths.Duty{Effect: a.effect}
	switch followed := d.Follow(a.evidence, fn, paths.Owed); {
	case !followed:
		return paths.Loses
	case d.Only(paths.Owed):
		return paths.Nothing
	case d.Only(paths.Met, paths.Handed):
		return paths.Meets
	}
	return paths.Loses
}

// maxBlocks bounds the functions that are followed for their callers.
const maxBlocks = 100

// owedIn returns the answers that a function owes, by its sends of them.
func (r *roads) owedIn(fn *ssa.Function, asked map[*types.Var]ssa.Instruction) []*answer {
	var list []*answer
	seen := make(map[*sharing.Place]bool)
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		send, ok := instr.(*ssa.Send)
		if !ok {
			return
		}
		place := r.evidence.PlaceOf(send.Chan)
		if place.Field == nil || asked[place.Field] == nil || place.Parent.Parent != nil || seen[place] {
			return
		}
		seen[place] = true
		a := &answer{roads: r, request: place.Parent, field: place.Field}
		if a.comesIn(fn) {
			list = append(list, a)
		}
	})
	return list
}

// comesIn finds out where the request comes from: a parameter of the
// function, or a receive in it.
func (a *answer) comesIn(fn *ssa.Function) bool {
	root := a.request.Root
	if variable, ok := root.(*ssa.Alloc); ok {
		root = onlyStored(variable)
	}
	if param, ok := root.(*ssa.Parameter); ok {
		return param.Parent() == fn
	}
	index := 0
	if extract, ok := root.(*ssa.Extract); ok {
		root, index = extract.Tuple, extract.Index
	}
	switch from := root.(type) {
	case *ssa.UnOp:
		a.received = from
		return from.Op == token.ARROW && from.Parent() == fn
	case *ssa.Select:
		a.received, a.nth = from, receiveCase(from, index)
		return a.nth >= 0 && from.Parent() == fn
	}
	return false
}

// onlyStored returns the value that a variable is set to, nil if that is done
// more than once.
func onlyStored(variable *ssa.Alloc) (stored ssa.Value) {
	for _, ref := range *variable.Referrers() {
		if store, ok := ref.(*ssa.Store); ok && store.Addr == variable {
			if stored != nil {
				return nil
			}
			stored = store.Val
		}
	}
	return stored
}

// home returns the place of a parameter: the variable that it is copied to, if
// it is a struct whose fields are used.
func (r *roads) home(param *ssa.Parameter) *sharing.Place {
	for _, ref := range *param.Referrers() {
		if store, ok := ref.(*ssa.Store); ok && store.Val == param {
			return r.evidence.PlaceOf(store.Addr)
		}
	}
	return r.evidence.PlaceOf(param)
}

// receiveCase returns the case of a select whose value is the result of an
// index: behind the index of the case and ok, there is one for each receive.
func receiveCase(choice *ssa.Select, result int) int {
	index := 1
	for i, state := range choice.States {
		if state.Dir == types.RecvOnly {
			if index++; index == result {
				return i
			}
		}
	}
	return -1
}
