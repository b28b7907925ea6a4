package hotpointer

import "go/types"

// A reach says how far to look for types inside a type: always through
// arrays and exported fields.
type reach struct {
	values bool           // stay in the memory of the value: not behind pointers, slices, maps
	named  bool           // enter the types that names stand for
	hidden bool           // enter unexported fields
	own    *types.Package // of named types enter those of this package only
}

// find reports whether the type is one that is wanted, or holds one.
func (r reach) find(t types.Type, wanted func(types.Type) bool) bool {
	seen := make(map[types.Type]bool)
	var visit func(types.Type) bool
	visit = func(t types.Type) bool {
		t = types.Unalias(t)
		if seen[t] {
			return false
		}
		seen[t] = true
		if wanted(t) {
			return true
		}
		for _, part := range r.parts(t) {
			if visit(part) {
				return true
			}
		}
		return false
	}
	return visit(t)
}

func (r reach) parts(t types.Type) []types.Type {
	switch t := t.(type) {
	case *types.Named:
		return r.standsFor(t)
	case *types.Array:
		return []types.Type{t.Elem()}
	case *types.Struct:
		return r.fields(t)
	case *types.Tuple:
		return variables(t)
	}
	if r.values {
		return nil
	}
	switch t := t.(type) {
	case *types.Pointer:
		return []types.Type{t.Elem()}
	case *types.Slice:
		return []types.Type{t.Elem()}
	case *types.Chan:
		return []types.Type{t.Elem()}
	case *types.Map:
		return []types.Type{t.Key(), t.Elem()}
	}
	return nil
}

func (r reach) standsFor(t *types.Named) []types.Type {
	if !r.named {
		return nil
	}
	if r.own == nil || r.own == t.Obj().Pkg() {
		return []types.Type{t.Underlying()}
	}
	var list []types.Type
	for arg := range t.TypeArgs().Types() {
		list = append(list, arg)
	}
	return list
}

func (r reach) fields(t *types.Struct) []types.Type {
	var list []types.Type
	for field := range t.Fields() {
		if r.hidden || field.Exported() || field.Embedded() {
			list = append(list, field.Type())
		}
	}
	return list
}

func variables(t *types.Tuple) []types.Type {
	var list []types.Type
	for v := range t.Variables() {
		list = append(list, v.Type())
	}
	return list
}
