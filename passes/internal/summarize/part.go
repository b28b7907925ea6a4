package summarize

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// A part of an object may be known by an interface only:
//
//	type Manager struct { mu sync.Mutex; running []Plugin }
//
//	for _, p := range m.running { p.Stop() }
//
// What Stop of a type of the package does to the manager that it points back
// to, it does to this one.

// ofParts lists what the methods take by which a call of an interface's may be
// answered, of the object to which the types point back.
func (a *Acquisitions) ofParts(call ssa.CallInstruction, own []Guard) []Acquisition {
	common := call.Common()
	if !common.IsInvoke() || len(call.Parent().Params) == 0 || call.Parent().Signature.Recv() == nil {
		return nil
	}
	if a.evidence.PlaceOf(common.Value).Field != nil {
		return nil // of a field
	}
	whole := a.evidence.PlaceOf(call.Parent().Params[0])
	owner := model.ReceiverNamed(call.Parent().Params[0].Type())
	if owner == nil || !keepsParts(owner, common.Value.Type()) {
		return nil
	}
	var list []Acquisition
	for _, method := range a.methods(common) {
		for _, inner := range a.Of(method) {
			if inner.Inner || len(inner.Guards) > 0 || len(inner.Calls) >= maxCalls {
				continue
			}
			back := inner.Lock.Parent
			if back == nil || back.Field == nil || back.Parent != a.evidence.PlaceOf(method.Params[0]) {
				continue
			}
			to := pointsTo(back.Field.Type())
			if to == nil || to.Origin() != owner.Origin() || !pointsBack(model.ReceiverNamed(method.Params[0].Type()), back.Field, owner) {
				continue
			}
			if lock, ok := a.evidence.Rebase(inner.Lock, back, whole); ok {
				calls := append([]ssa.CallInstruction{call}, inner.Calls...)
				list = append(list, Acquisition{lock, inner.Mode, calls, own, inner.Via, false, inner.Choice})
			}
		}
	}
	return list
}

// keepsParts reports whether a struct keeps a collection of values of the
// interface. A single one is mostly what the object works for, not a part of it.
func keepsParts(owner *types.Named, part types.Type) bool {
	fields, ok := owner.Underlying().(*types.Struct)
	if !ok {
		return false
	}
	for field := range fields.Fields() {
		keeps := false
		switch kept := field.Type().Underlying().(type) {
		case *types.Slice:
			keeps = types.Identical(kept.Elem(), part)
		case *types.Map:
			keeps = types.Identical(kept.Elem(), part) || types.Identical(kept.Key(), part)
		}
		if keeps {
			return true
		}
	}
	return false
}

// methods lists the methods of the package by which the call of an
// interface's may be answered.
func (a *Acquisitions) methods(call *ssa.CallCommon) []*ssa.Function {
	face, ok := call.Value.Type().Underlying().(*types.Interface)
	if !ok {
		return nil
	}
	var list []*ssa.Function
	for _, fn := range a.evidence.Functions() {
		recv := fn.Signature.Recv()
		if recv != nil && fn.Name() == call.Method.Name() && fn.Parent() == nil && types.Implements(recv.Type(), face) {
			list = append(list, fn)
		}
	}
	return list
}
