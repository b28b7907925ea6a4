package sharing

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// binding returns what a closure captured as the free variable.
func (p *places) binding(v *ssa.FreeVar) ssa.Value {
	return program.Binding(p.closures[v.Parent()], v)
}

// onlyStore returns the one value that a variable ever holds, or nil when it
// is assigned again, when its address goes elsewhere, or when it isn't a
// reference: then the variable is a location of its own.
func (p *places) onlyStore(alloc *ssa.Alloc) ssa.Value {
	if known, ok := p.stores[alloc]; ok {
		return known
	}
	p.stores[alloc] = nil
	if elem := alloc.Type().Underlying().(*types.Pointer).Elem(); IsReference(elem) {
		var found []ssa.Value
		if collectStores(alloc, &found) && len(found) == 1 {
			if _, isConst := found[0].(*ssa.Const); !isConst {
				p.stores[alloc] = found[0]
			}
		}
	}
	return p.stores[alloc]
}

// collectStores lists what is stored at an address, by closures too, and
// reports whether that is all.
func collectStores(addr ssa.Value, found *[]ssa.Value) bool {
	for _, ref := range *addr.Referrers() {
		switch ref := ref.(type) {
		case *ssa.UnOp, *ssa.DebugRef:
		case *ssa.Store:
			if ref.Addr != addr {
				return false
			}
			*found = append(*found, ref.Val)
		case *ssa.MakeClosure:
			for i, bound := range ref.Bindings {
				if bound == addr && !collectStores(ref.Fn.(*ssa.Function).FreeVars[i], found) {
					return false
				}
			}
		default:
			return false
		}
	}
	return true
}

// onlyFieldStore returns the one value that the function which makes an
// object assigns to a field of it, or nil.
func (p *places) onlyFieldStore(alloc *ssa.Alloc, field *types.Var) ssa.Value {
	key := fieldOfAlloc{alloc, field.Origin()}
	known, ok := p.fields[key]
	if !ok {
		known = findFieldStore(alloc, field.Origin())
		p.fields[key] = known
	}
	return known
}

// madeForField reports whether a value is made for the field to which it is
// assigned, so that the field is the way to it: a map, or an object that
// nothing else refers to, such as the lock in &T{mu: new(sync.Mutex)}.
func madeForField(stored ssa.Value) bool {
	switch stored := stored.(type) {
	case *ssa.MakeMap:
		return true
	case *ssa.Alloc:
		for _, ref := range *stored.Referrers() {
			switch ref := ref.(type) {
			case *ssa.DebugRef, *ssa.FieldAddr:
			case *ssa.Store:
				if ref.Val == stored {
					if _, ok := ref.Addr.(*ssa.FieldAddr); !ok {
						return false
					}
				}
			default:
				return false
			}
		}
		return true
	}
	return false
}

type fieldOfAlloc struct {
	alloc *ssa.Alloc
	field *types.Var
}

func findFieldStore(alloc *ssa.Alloc, field *types.Var) ssa.Value {
	var found ssa.Value
	for _, ref := range *alloc.Referrers() {
		if whole, ok := ref.(*ssa.Store); ok && whole.Addr == alloc {
			return nil // a copy of another object, whose fields have values already
		}
		addr, ok := ref.(*ssa.FieldAddr)
		if !ok {
			continue
		}
		if selected := match.Field(addr.X.Type(), addr.Field); selected == nil || selected.Origin() != field {
			continue
		}
		for _, use := range *addr.Referrers() {
			store, ok := use.(*ssa.Store)
			if !ok || store.Addr != addr {
				continue
			}
			if found != nil {
				return nil
			}
			found = store.Val
		}
	}
	if _, isConst := found.(*ssa.Const); isConst {
		return nil
	}
	return found
}
