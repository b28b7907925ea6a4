package explore

import (
	"go/types"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// decode records what a decoder writes through the pointers that it is given:
// variables, and the exported fields of structs. What pointers in these lead
// to may be new, and a type with a method for it is left to that.
func (m *machine) decode(args []value) {
	for _, arg := range args {
		switch v := arg.(type) {
		case slice: // of a variadic parameter
			if elems, ok := m.elems(v); ok {
				m.decode(elems)
			}
		case iface:
			p, isPointer := v.val.(pointer)
			if t, ok := v.typ.Underlying().(*types.Pointer); ok && isPointer {
				m.decodeAt(p, t.Elem())
			}
		}
	}
}

// decodeAt is decode for what lies at an address.
func (m *machine) decodeAt(p pointer, t types.Type) {
	u, isStruct := t.Underlying().(*types.Struct)
	switch {
	case model.DecodesItself(t):
	case !isStruct:
		m.record(p, true, false, accessPlain, m.pos())
	default:
		for i := range u.NumFields() {
			if f := u.Field(i); (f.Exported() || f.Anonymous()) && !isLeftOut(u.Tag(i)) {
				m.decodeAt(pointer{p.obj, m.paths.child(p.path, int64(i), nil)}, f.Type())
			}
		}
	}
}
