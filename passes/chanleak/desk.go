package chanleak

import (
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A desk is a map or sync.Map of the package in which calls leave the channels
// on which they wait, or objects with such a channel in a field.
type desk struct {
	calls    *types.Var // the field that is the map
	elem     types.Type // what it holds; nil as long as that isn't known
	channel  *types.Var // of the objects: their channel; nil if the map holds channels
	left     []leaving
	looks    []ssa.Instruction      // into it
	lookedUp map[*ssa.Function]bool // functions that look into it
	shared   bool                   // somebody goes through it, or it goes where it isn't seen
}

// A leaving is where something is left at a desk.
type leaving struct {
	at    ssa.Instruction
	value ssa.Value
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
					d = &desk{calls: field, lookedUp: make(map[*ssa.Function]bool)}
					known[field], list = d, append(list, d)
				}
				d.use(instr)
			}
		})
	}
	return list
}

// mapField returns the field that a value is if it is a map of channels or of
// objects with a channel, or is the address of if it is a sync.Map; nil for
// others.
func (r *roads) mapField(v ssa.Value) *types.Var {
	if v == nil {
		return nil
	}
	if addr, ok := v.(*ssa.FieldAddr); ok && isSyncMap(addr.Type()) {
		return match.Field(addr.X.Type(), addr.Field)
	}
	t, ok := v.Type().Underlying().(*types.Map)
	if !ok || !match.IsChan(t.Elem()) && channelIn(t.Elem()) == nil {
		return nil
	}
	field, _ := r.evidence.PlaceOf(v).Class().(*types.Var)
	return field
}

func isSyncMap(t types.Type) bool { return model.TypeKey(t) == "sync.Map" }

// channelIn returns the one field of an object that is a channel, nil if it has
// none or several.
func channelIn(t types.Type) (channel *types.Var) {
	pointer, ok := t.Underlying().(*types.Pointer)
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
		d.leave(instr, instr.Value)
	case *ssa.Lookup:
		d.look(instr)
	case *ssa.Range:
		d.shared = d.shared || visits(instr)
	case *ssa.Store:
		_, isVariable := instr.Addr.(*ssa.Alloc)
		d.shared = d.shared || !isVariable
	case *ssa.DebugRef, *ssa.BinOp:
	case ssa.CallInstruction:
		d.called(instr)
	default:
		d.shared = true
	}
}

// called notes a call of a predeclared function or a method of a sync.Map.
func (d *desk) called(call ssa.CallInstruction) {
	switch syncMapMethod(call.Common()) {
	case "Store":
		boxed, ok := call.Common().Args[2].(*ssa.MakeInterface)
		if !ok {
			d.shared = true
			return
		}
		d.leave(call, boxed.X)
	case "Load", "LoadAndDelete":
		d.look(call)
	case "Delete", "Clear":
	case "":
		_, isCall := call.(*ssa.Call)
		isBuiltin := program.Builtin(call.Common()) != "" // delete, len, clear
		d.shared = d.shared || !isBuiltin || !isCall
	default:
		d.shared = true
	}
}

// syncMapMethod returns the name of the method of sync.Map that a call is one
// of, "" for other calls.
func syncMapMethod(call *ssa.CallCommon) string {
	callee := call.StaticCallee()
	if callee == nil || callee.Signature.Recv() == nil || !isSyncMap(callee.Signature.Recv().Type()) {
		return ""
	}
	return callee.Name()
}

func (d *desk) look(instr ssa.Instruction) {
	d.looks = append(d.looks, instr)
	d.lookedUp[instr.Parent()] = true
}

// leave notes what is left at the desk: channels, or objects of one type.
func (d *desk) leave(at ssa.Instruction, value ssa.Value) {
	d.left = append(d.left, leaving{at, value})
	t := value.Type()
	if d.elem == nil {
		d.elem, d.channel = t, channelIn(t)
	}
	d.shared = d.shared || !types.Identical(d.elem, t) || !match.IsChan(t) && d.channel == nil
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
		if program.Builtin(&call.Call) != "delete" {
			return true
		}
	}
	return false
}
