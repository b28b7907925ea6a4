package hotpointer

import "go/types"

// api finds the wanted types whose pointers importing packages are handed or
// hand in: what they do with them isn't seen. Receivers don't count, since a
// value has the same methods.
func (o *obligations) api() {
	if o.pass.Pkg.Name() == "main" {
		return // nobody imports it
	}
	scope := o.pass.Pkg.Scope()
	seen := make(map[types.Type]bool)
	for _, name := range scope.Names() {
		if obj := scope.Lookup(name); obj.Exported() {
			o.exposed(obj.Type(), seen)
		}
	}
}

// exposed judges a type that importing packages can name or reach.
func (o *obligations) exposed(t types.Type, seen map[types.Type]bool) {
	t = types.Unalias(t)
	if seen[t] {
		return
	}
	seen[t] = true
	o.need(o.pointee(t), "exported API")
	switch t := t.(type) {
	case *types.Named:
		if t.Obj().Pkg() != o.pass.Pkg {
			for arg := range t.TypeArgs().Types() {
				o.exposed(arg, seen)
			}
			return
		}
		for method := range t.Methods() {
			if method.Exported() {
				o.exposed(method.Signature(), seen)
			}
		}
		o.exposed(t.Underlying(), seen)
	case *types.Signature:
		o.exposed(t.Params(), seen)
		o.exposed(t.Results(), seen)
	case *types.Interface:
		for method := range t.Methods() {
			o.exposed(method.Signature(), seen)
		}
	default:
		for _, part := range (reach{}).parts(t) {
			o.exposed(part, seen)
		}
	}
}

// embedded finds the wanted types that a struct of the package embeds by
// pointer, which gives the struct their pointer's methods.
func (o *obligations) embedded() {
	for _, obj := range o.pass.TypesInfo.Defs {
		if v, ok := obj.(*types.Var); ok && v.Embedded() {
			o.need(o.pointee(v.Type()), "embedded")
		}
	}
}
