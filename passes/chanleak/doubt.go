package chanleak

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// doubtful reports whether something that others change decides whether the
// send is made: an atomic, a context's Err, a flag that the literal captured.
// The function that leaves may have seen to it.
func doubtful(send *ssa.Send) bool {
	for _, f := range program.Decided(send) {
		if asksOthers(f.Cond, maxTerms) {
			return true
		}
	}
	return false
}

// maxTerms bounds the depth of a condition that is looked at.
const maxTerms = 4

func asksOthers(v ssa.Value, depth int) bool {
	if depth == 0 {
		return false
	}
	switch v := v.(type) {
	case *ssa.BinOp:
		return asksOthers(v.X, depth-1) || asksOthers(v.Y, depth-1)
	case *ssa.UnOp:
		if _, isFree := v.X.(*ssa.FreeVar); isFree && v.Op == token.MUL {
			basic, ok := v.Type().Underlying().(*types.Basic)
			return ok && basic.Info()&types.IsBoolean != 0
		}
		return v.Op != token.ARROW && asksOthers(v.X, depth-1)
	case *ssa.Call:
		fn := sharing.CalleeObject(&v.Call)
		return fn != nil && (model.Key(fn) == "(context.Context).Err" || model.Key(fn) == "context.Cause" ||
			fn.Pkg() != nil && fn.Pkg().Path() == "sync/atomic")
	}
	return false
}

// mayStop reports whether the goroutine waits for something of the
// program's own before it sends: the function may not have given it.
func (m *meeting) mayStop(s sending) bool {
	found := false
	sharing.Instructions(s.send.Parent(), func(instr ssa.Instruction) {
		if found || !sharing.Reaches(instr, s.send) {
			return
		}
		switch instr := instr.(type) {
		case *ssa.UnOp:
			found = instr.Op == token.ARROW && !fromOutside(instr.X) && !m.fedElsewhere(instr.X)
		case *ssa.Select:
			for _, state := range instr.States {
				found = found || state.Dir == types.RecvOnly && !fromOutside(state.Chan)
			}
		}
	})
	return found
}

// fromOutside reports whether the runtime, or whoever cancels a context,
// serves the channel.
func fromOutside(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Call:
		fn := sharing.CalleeObject(&v.Call)
		return fn != nil && model.EventSource(fn)
	case *ssa.UnOp:
		if addr, ok := v.X.(*ssa.FieldAddr); ok {
			field := match.Field(addr.X.Type(), addr.Field)
			return model.EventField(field)
		}
	}
	return false
}
