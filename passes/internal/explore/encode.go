package explore

import (
	"go/types"
	"reflect"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// maxEncoded is how many pointers deep an encoder's reads are followed.
const maxEncoded = 3

// encode records what an encoder reads of a value: exported fields, also of
// what pointers lead to, maps and the elements of slices. A type with a method
// for it is left to that.
func (m *machine) encode(v value, t types.Type, depth int) {
	if depth > maxEncoded || t == nil || model.EncodesItself(t) {
		return
	}
	switch v := v.(type) {
	case iface:
		m.encode(v.val, v.typ, depth)
	case slice:
		m.touch(v, false)
	case pointer:
		switch u := t.Underlying().(type) {
		case *types.Pointer:
			m.encodeAt(v, u.Elem(), depth+1)
		case *types.Map:
			m.record(v, false, false, accessMap, m.pos())
		}
	}
}

// encodeAt is encode for what lies at an address.
func (m *machine) encodeAt(p pointer, t types.Type, depth int) {
	u, isStruct := t.Underlying().(*types.Struct)
	switch {
	case model.EncodesItself(t):
	case !isStruct:
		m.record(p, false, false, accessPlain, m.pos())
		m.encode(m.load(p, t), t, depth)
	default:
		for i := range u.NumFields() {
			f := u.Field(i)
			if (f.Exported() || f.Anonymous()) && !isLeftOut(u.Tag(i)) {
				m.encodeAt(pointer{p.obj, m.paths.child(p.path, int64(i), nil)}, f.Type(), depth)
			}
		}
	}
}

// isLeftOut reports whether a field's tag says that it isn't encoded.
func isLeftOut(tag string) bool {
	for _, key := range []string{"json", "xml", "yaml"} {
		if reflect.StructTag(tag).Get(key) == "-" {
			return true
		}
	}
	return false
}
