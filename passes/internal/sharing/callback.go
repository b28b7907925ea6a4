package sharing

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// An object that gives itself to a part of its own is called back by it. Where
// the object only calls the part with its lock held, that lock is held at the
// callbacks, too, which must not take it:
//
//	s.encoder = codec.New(s) // calls s.OnPacket
//	…
//	s.mu.Lock()
//	s.encoder.Feed(frame)

// A part is a field that holds what an object was given to, with the methods by
// which that sees the object.
type part struct {
	field *types.Var
	sees  []*ssa.Function
}

// calledBack returns the methods by which such parts see their owner.
func (e *Evidence) calledBack() map[*ssa.Function]bool {
	if e.backs != nil {
		return e.backs
	}
	e.backs = make(map[*ssa.Function]bool)
	parts, within := e.parts(), make(map[*ssa.Function]bool)
	for _, p := range parts {
		for _, fn := range p.sees {
			e.runsOn(fn, within)
		}
	}
	for _, p := range parts {
		if e.calledLocked(p.field, within) {
			for _, fn := range p.sees {
				e.backs[fn] = true
			}
		}
	}
	return e.backs
}

// parts lists the fields of the package's objects that hold such parts.
func (e *Evidence) parts() []part {
	var list []part
	for _, fn := range e.funcs {
		eachInstr(fn, func(instr ssa.Instruction) {
			store, ok := instr.(*ssa.Store)
			if !ok {
				return
			}
			to := e.builder.places.target(store.Addr)
			call, ok := madeBy(store.Val).(*ssa.Call)
			if !ok || to.Field == nil {
				return
			}
			for _, arg := range call.Call.Args {
				if given, ok := arg.(*ssa.MakeInterface); ok && e.PlaceOf(given.X) == to.Parent {
					list = append(list, part{to.Field, e.methodsOf(given)})
				}
			}
		})
	}
	return list
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

// methodsOf returns the methods of an interface as which an object was given away.
func (e *Evidence) methodsOf(given *ssa.MakeInterface) []*ssa.Function {
	face, ok := given.Type().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var list []*ssa.Function
	for method := range face.Methods() {
		for _, fn := range e.builder.methods[method.Name()] {
			if model.ReceiverNamed(fn.Signature.Recv().Type()) == model.ReceiverNamed(given.X.Type()) {
				list = append(list, fn)
			}
		}
	}
	return list
}

// calledLocked reports whether all calls of methods of what a field holds are made
// where some lock may be held, those aside that callbacks make: through one that is
// made without, the part may call back without.
func (e *Evidence) calledLocked(field *types.Var, within map[*ssa.Function]bool) bool {
	locked, unlocked := false, false
	for _, fn := range e.funcs {
		if within[fn] || e.isTest(fn) {
			continue
		}
		eachInstr(fn, func(instr ssa.Instruction) {
			call, ok := instr.(*ssa.Call)
			if !ok || e.receiverOf(&call.Call).Field != field {
				return
			}
			held := len(e.HeldAt(call).May) > 0 || e.CalledUnderLock(fn)
			locked, unlocked = locked || held, unlocked || !held
		})
	}
	return locked && !unlocked
}

// receiverOf returns the place of the object whose method is called, that of
// nothing for a function.
func (e *Evidence) receiverOf(call *ssa.CallCommon) *Place {
	switch {
	case call.IsInvoke():
		return e.PlaceOf(call.Value)
	case call.Signature().Recv() != nil && len(call.Args) > 0:
		return e.PlaceOf(call.Args[0])
	}
	return &Place{}
}
