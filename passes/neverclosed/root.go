package neverclosed

import (
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// root names the variable that a pointer points to: a field, a package
// variable, or a variable of a function, through captures and parameters
// that have but one source. It is nil when that isn't clear.
func (r *runs) root(v ssa.Value) any {
	for range 10 {
		switch x := v.(type) {
		case *ssa.Alloc, *ssa.Global:
			return x
		case *ssa.FieldAddr:
			return fieldOf(x)
		case *ssa.FreeVar:
			v = r.binding(x)
		case *ssa.Parameter:
			v = r.argument(x)
		case *ssa.UnOp:
			if key := r.root(x.X); key != nil {
				return pointee{key}
			}
			return nil
		default:
			return nil
		}
	}
	return nil
}

// pointee is what lies where a variable points to.
type pointee struct{ variable any }

func fieldOf(addr *ssa.FieldAddr) any {
	field := match.Field(addr.X.Type(), addr.Field)
	if field == nil {
		return nil
	}
	return field.Origin()
}

// binding returns what a captured variable is bound to.
func (r *runs) binding(v *ssa.FreeVar) ssa.Value {
	return program.Binding(r.closures[v.Parent()], v)
}

// argument returns what is passed for a parameter, if there is one call.
func (r *runs) argument(p *ssa.Parameter) ssa.Value {
	sites := r.sites[p.Parent()]
	if len(sites) != 1 {
		return nil
	}
	return program.Argument(sites[0].Common(), p)
}
