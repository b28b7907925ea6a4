package sharing

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// EditedBy returns the slice whose elements an instruction overwrites, so
// that whoever still has the slice sees others, and nil if it does no such
// thing:
//
//	s.list[i] = x    append(s.list[:i], s.list[i+1:]...)    slices.Sort(s.list)
//	s.list = s.list[:0]    // to fill it again
func (e *Evidence) EditedBy(instr ssa.Instruction) *Place {
	switch instr := instr.(type) {
	case *ssa.Store:
		if isEmptied(instr.Val) {
			if at := e.PlaceOf(instr.Addr); at == e.PlaceOf(instr.Val.(*ssa.Slice).X) {
				return at
			}
		}
		addr := instr.Addr
		for {
			field, ok := addr.(*ssa.FieldAddr)
			if !ok {
				break
			}
			addr = field.X
		}
		if element, ok := addr.(*ssa.IndexAddr); ok && isSlice(element.X.Type()) {
			return e.PlaceOf(element.X)
		}
	case *ssa.Call:
		if edited := editedSlice(&instr.Call); edited != nil {
			return e.PlaceOf(edited)
		}
	}
	return nil
}

// isEmptied reports whether a value is a slice without its elements, but with
// the room that they had.
func isEmptied(v ssa.Value) bool {
	part, ok := v.(*ssa.Slice)
	if !ok || part.Low != nil || part.Max != nil || !isSlice(part.X.Type()) {
		return false
	}
	high, ok := part.High.(*ssa.Const)
	return ok && high.Value != nil && high.Int64() == 0
}

// editedSlice returns the argument of a call whose elements it overwrites.
func editedSlice(call *ssa.CallCommon) ssa.Value {
	if len(call.Args) == 0 {
		return nil
	}
	if name := program.Builtin(call); name != "" {
		switch part, sliced := call.Args[0].(*ssa.Slice); {
		case name == "append" && sliced && part.High != nil && part.Max == nil && isSlice(part.X.Type()):
			return part.X
		case name == "copy" || name == "clear" && isSlice(call.Args[0].Type()):
			return call.Args[0]
		}
		return nil
	}
	fn := CalleeObject(call)
	if fn == nil || !model.EditsSlice(fn) {
		return nil
	}
	first := call.Args[0]
	if boxed, ok := first.(*ssa.MakeInterface); ok {
		first = boxed.X
	}
	if !isSlice(first.Type()) {
		return nil
	}
	return first
}

func isSlice(t types.Type) bool {
	_, ok := t.Underlying().(*types.Slice)
	return ok
}

// CallSites returns the calls of a function by name in the package.
func (e *Evidence) CallSites(fn *ssa.Function) []ssa.CallInstruction { return e.calls.sites[fn] }
