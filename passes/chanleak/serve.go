package chanleak

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// served reports whether an edge of the control-flow graph is the case of a
// select that receives from the channel, or from another that the sender
// serves, or that hears of signals to the process.
func (m *meeting) served(from *ssa.BasicBlock, succ int, s sending) bool {
	choice, number := chosenCase(from, succ)
	return choice != nil && m.serves(choice, number, s)
}

// chosenCase returns the case of a select that is behind an edge, and the
// select; nil if the edge leads to none.
func chosenCase(from *ssa.BasicBlock, succ int) (*ssa.Select, int) {
	branch, ok := from.Instrs[len(from.Instrs)-1].(*ssa.If)
	if !ok {
		return nil, 0
	}
	compared, ok := branch.Cond.(*ssa.BinOp)
	if !ok || compared.Op != token.EQL {
		return nil, 0
	}
	index, ok := compared.X.(*ssa.Extract)
	if !ok || index.Index != 0 {
		return nil, 0
	}
	choice, ok := index.Tuple.(*ssa.Select)
	constant, isConst := compared.Y.(*ssa.Const)
	if !ok || !isConst {
		return nil, 0
	}
	number := int(constant.Int64())
	last := len(choice.States) - 1
	switch {
	case number < 0 || number > last:
	case succ == 0:
		return choice, number
	case choice.Blocking && number == last-1: // no further comparison follows it
		return choice, last
	}
	return nil, 0
}

func (m *meeting) serves(choice *ssa.Select, number int, s sending) bool {
	channel := m.origin(choice.States[number].Chan)
	if channel == nil {
		return false
	}
	return channel == m.made || touched(channel, s.fn) || notified(channel)
}

// origin is the function of that name, for what the call returns that has
// returned the channel, too.
func (m *meeting) origin(v ssa.Value) *ssa.MakeChan {
	result, ok := variableOf(v).(*ssa.Extract)
	if !ok || m.site == nil || result.Tuple != m.site {
		return origin(v)
	}
	return returnedChannel(sharing.Origin(m.site.Call.StaticCallee()), result.Index)
}

// origin returns the make of a channel that a variable of the function
// holds, nil for others.
func origin(v ssa.Value) *ssa.MakeChan {
	switch v := v.(type) {
	case *ssa.MakeChan:
		return v
	case *ssa.ChangeType:
		return origin(v.X)
	case *ssa.UnOp:
		alloc, ok := v.X.(*ssa.Alloc)
		if !ok || v.Op != token.MUL {
			return nil
		}
		for _, ref := range *alloc.Referrers() {
			if store, ok := ref.(*ssa.Store); ok && store.Addr == alloc {
				return origin(store.Val)
			}
		}
	}
	return nil
}

// touched reports whether the function of the sender, or one around it below
// the owner, knows the other channel.
func touched(channel *ssa.MakeChan, fn *ssa.Function) bool {
	for _, ref := range *channel.Referrers() {
		switch ref := ref.(type) {
		case *ssa.Store:
			if alloc, ok := ref.Addr.(*ssa.Alloc); ok && captured(alloc, fn) {
				return true
			}
		case ssa.CallInstruction:
			if ref.Common().StaticCallee() == fn {
				return true
			}
		}
	}
	return false
}

// captured reports whether a function literal knows a variable.
func captured(cell ssa.Value, fn *ssa.Function) bool {
	for _, ref := range *cell.Referrers() {
		closure, ok := ref.(*ssa.MakeClosure)
		if !ok {
			continue
		}
		inner := closure.Fn.(*ssa.Function)
		for i, bound := range closure.Bindings {
			if bound == cell && (inner == fn || captured(inner.FreeVars[i], fn)) {
				return true
			}
		}
	}
	return false
}

// notified reports whether the runtime sends signals on the channel: who
// hears one ends the process.
func notified(channel *ssa.MakeChan) bool {
	for _, ref := range *channel.Referrers() {
		if convert, ok := ref.(*ssa.ChangeType); ok {
			for _, use := range *convert.Referrers() {
				if call, ok := use.(*ssa.Call); ok && model.Key(sharing.CalleeObject(&call.Call)) == "os/signal.Notify" {
					return true
				}
			}
		}
	}
	return false
}
