package chanleak

import (
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A desk is a map of the package in which calls leave the channels on which
// they wait, or objects with such a channel in a field.
type desk struct {
	calls    *types.Var // the field that is the map
	channel  *types.Var // of the objects: their channel; nil if the map holds channels
	left     []*ssa.MapUpdate
	lookedUp map[*ssa.Function]bool // functions that look into it
	shared   bool                   // somebody goes through it, or it goes where it isn't seen
}

// desks looks at all that is done to the maps in fields that only the package
// can name.
func (r *roads) desks(pass *analysis.Pass) []*desk {
	var list []*desk
	known := make(map[*types.Var]*desk)
	for _, fn := range r.evidence.Functions() {
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			for _, operand := range instr.Operands(nil) {
				field := r.mapField(*operand)
				if field == nil || !closed(field, pass.Pkg) {
					continue
				}
				d := known[field]
				if d == nil {
					d = &desk{calls: field, channel: channelIn(field.Type()), lookedUp: make(map[*ssa.Function]bool)}
					known[field], list = d, append(list, d)
				}
				d.use(instr)
			}
		})
	}
	return list
}

// mapField returns the field that a value is if it is a map of channels, or of
// objects with a channel, nil for others.
func (r *roads) mapField(v ssa.Value) *types.Var {
	if v == nil {
		return nil
	}
	t, ok := v.Type().Underlying().(*types.Map)
	if !ok || !match.IsChan(t.Elem()) && channelIn(t) == nil {
		return nil
	}
	field, _ := r.evidence.PlaceOf(v).Class().(*types.Var)
	return field
}

// channelIn returns the one field of a map's objects that is a channel, nil if
// they have none or several.
func channelIn(t types.Type) (channel *types.Var) {
	calls, ok := t.Underlying().(*types.Map)
	if !ok {
		return nil
	}
	pointer, ok := calls.Elem().Underlying().(*types.Pointer)
	if !ok {
		return nil
	}
	object, ok := pointer.Elem().Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for field := range object.Fields() {
		if match.IsChan(field.Type()) {
			if channel != nil {
				return nil
			}
			channel = field.Origin()
		}
	}
	return channel
}

// use notes what an instruction does to the map.
func (d *desk) use(instr ssa.Instruction) {
	switch instr := instr.(type) {
	case *ssa.MapUpdate:
		d.left = append(d.left, instr)
	case *ssa.Lookup:
		d.lookedUp[instr.Parent()] = true
	case *ssa.Range:
		d.shared = d.shared || visits(instr)
	case *ssa.Store:
		_, isVariable := instr.Addr.(*ssa.Alloc)
		d.shared = d.shared || !isVariable
	case *ssa.DebugRef, *ssa.BinOp:
	case *ssa.Call:
		_, isBuiltin := instr.Call.Value.(*ssa.Builtin) // delete, len, clear
		d.shared = d.shared || !isBuiltin
	default:
		d.shared = true
	}
}

// visits reports whether a range over a map does anything with the entries but
// to delete them.
func visits(loop *ssa.Range) bool {
	for _, ref := range *loop.Referrers() {
		next, ok := ref.(*ssa.Next)
		if !ok {
			continue
		}
		for _, part := range *next.Referrers() {
			entry, ok := part.(*ssa.Extract)
			if ok && entry.Index > 0 && usedBeyondDelete(entry) {
				return true
			}
		}
	}
	return false
}

func usedBeyondDelete(entry *ssa.Extract) bool {
	for _, ref := range *entry.Referrers() {
		if _, debug := ref.(*ssa.DebugRef); debug {
			continue
		}
		call, ok := ref.(*ssa.Call)
		if !ok {
			return true
		}
		if builtin, ok := call.Call.Value.(*ssa.Builtin); !ok || builtin.Name() != "delete" {
			return true
		}
	}
	return false
}
