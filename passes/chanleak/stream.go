package chanleak

import (
	"go/token"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// findStreams looks at the channels that a call returns: the callee
// makes them and starts goroutines that send, the caller receives.
//
//	func list(dir string) <-chan entry {
//		out := make(chan entry)
//		go func() { … out <- e … }()
//		return out
//	}
//
//	for e := range list(dir) {
//		if e.name == name {
//			return e // leaves the goroutine behind
//		}
//	}
func findStreams(call *ssa.Call) []*meeting {
	callee := sharing.Origin(call.Call.StaticCallee())
	if callee == nil || len(callee.Blocks) == 0 || callee.Synthetic != "" {
		return nil
	}
	var list []*meeting
	for i := range callee.Signature.Results().Len() {
		if !match.IsChan(callee.Signature.Results().At(i).Type()) {
			continue
		}
		if m := findStream(call, callee, i); m != nil {
			list = append(list, m)
		}
	}
	return list
}

// findStream looks at the channel that is one of the results: first at what
// the callee does to it, then at what its caller does.
func findStream(call *ssa.Call, callee *ssa.Function, index int) *meeting {
	made, result := returnedChannel(callee, index), program.Result(call, index)
	if made == nil || result == nil {
		return nil
	}
	m := newMeeting(made)
	m.site = call
	m.follow(made, user{fn: callee})
	if m.lost || len(m.sends) == 0 || len(m.receives) > 0 {
		return nil
	}
	for i := range m.sends {
		m.sends[i].spawn = call
	}
	m.owner, m.called = call.Parent(), true
	m.follow(result, user{fn: m.owner})
	if m.lost || len(m.receives) == 0 {
		return nil
	}
	return m
}

// returnedChannel returns the one channel that is a function's result wherever
// it returns any.
func returnedChannel(fn *ssa.Function, index int) (made *ssa.MakeChan) {
	for _, block := range fn.Blocks {
		ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return)
		if !ok {
			continue
		}
		if _, isNil := ret.Results[index].(*ssa.Const); isNil {
			continue
		}
		one := origin(ret.Results[index])
		if one == nil || made != nil && one != made {
			return nil
		}
		made = one
	}
	return made
}

// fedElsewhere reports whether a channel that a goroutine of the callee
// receives from is an argument of the call that another call has returned: a
// stage further up serves it, not the caller.
func (m *meeting) fedElsewhere(v ssa.Value) bool {
	if m.site == nil {
		return false
	}
	param, ok := variableOf(v).(*ssa.Parameter)
	if !ok {
		return false
	}
	given := program.Argument(&m.site.Call, param)
	return given != nil && isResult(given)
}

func isResult(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Call:
		return true
	case *ssa.Extract:
		return isResult(v.Tuple)
	case *ssa.ChangeType:
		return isResult(v.X)
	}
	return false
}

// variableOf returns what a value is loaded from, through captured variables
// that are set once.
func variableOf(v ssa.Value) ssa.Value {
	for range maxDepth * 2 {
		switch x := v.(type) {
		case *ssa.UnOp:
			if x.Op != token.MUL {
				return v
			}
			v = x.X
		case *ssa.FreeVar:
			v = bindingOf(x)
		case *ssa.Alloc:
			v = onlyStored(x)
		default:
			return v
		}
	}
	return nil
}

// bindingOf returns what a captured variable is bound to where the literal is
// made.
func bindingOf(free *ssa.FreeVar) ssa.Value {
	fn := free.Parent()
	for _, block := range fn.Parent().Blocks {
		for _, instr := range block.Instrs {
			if closure, ok := instr.(*ssa.MakeClosure); ok && closure.Fn == fn {
				return program.Binding(closure, free)
			}
		}
	}
	return nil
}
