package sharing

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// An object that gives itself to a part of its own is called back by it. Where
// the object calls the part with its lock held, that lock is held at the
// callbacks, too, which must not take it:
//
//	s.encoder = codec.New(s) // calls s.OnPacket
//	…
//	s.mu.Lock()
//	s.encoder.Feed(frame)

// calledBack returns the methods by which such parts see their owner.
func (e *Evidence) calledBack() map[*ssa.Function]bool {
	if e.backs != nil {
		return e.backs
	}
	e.backs = make(map[*ssa.Function]bool)
	for _, fn := range e.funcs {
		eachInstr(fn, func(instr ssa.Instruction) {
			store, ok := instr.(*ssa.Store)
			if !ok {
				return
			}
			part := e.builder.places.target(store.Addr)
			call, ok := madeBy(store.Val).(*ssa.Call)
			if !ok || part.Field == nil {
				return
			}
			for _, arg := range call.Call.Args {
				if given, ok := arg.(*ssa.MakeInterface); ok && e.PlaceOf(given.X) == part.Parent {
					e.addCallbacks(part.Field, given)
				}
			}
		})
	}
	return e.backs
}

// madeBy returns the call whose result, or first result, a value is.
func madeBy(v ssa.Value) ssa.Value {
	switch v := v.(type) {
	case *ssa.Extract:
		return v.Tuple
	case *ssa.MakeInterface:
		return madeBy(v.X)
	}
	return v
}

// addCallbacks notes the methods of an interface as which an object was given
// to its part, if the part is called under a lock.
func (e *Evidence) addCallbacks(part *types.Var, given *ssa.MakeInterface) {
	face, ok := given.Type().Underlying().(*types.Interface)
	if !ok || !e.calledLocked(part) {
		return
	}
	for method := range face.Methods() {
		for _, fn := range e.builder.methods[method.Name()] {
			if model.ReceiverNamed(fn.Signature.Recv().Type()) == model.ReceiverNamed(given.X.Type()) {
				e.backs[fn] = true
			}
		}
	}
}

// calledLocked reports whether a method of what a field holds is called where
// some lock may be held.
func (e *Evidence) calledLocked(part *types.Var) bool {
	found := false
	for _, fn := range e.funcs {
		eachInstr(fn, func(instr ssa.Instruction) {
			call, ok := instr.(*ssa.Call)
			if found || !ok {
				return
			}
			object := call.Call.Value
			if !call.Call.IsInvoke() {
				if call.Call.Signature().Recv() == nil || len(call.Call.Args) == 0 {
					return
				}
				object = call.Call.Args[0]
			}
			found = e.PlaceOf(object).Field == part && (len(e.HeldAt(call).May) > 0 || e.CalledUnderLock(fn))
		})
	}
	return found
}
