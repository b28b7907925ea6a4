package hotpointer

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/program"
)

// obligations say, for types of the package, why pointers to them are needed:
// the first reason found, or nothing.
//
// It is a flow-insensitive may analysis over the SSA form of the whole
// package: whatever any pointer of a type is used for counts for the type,
// whoever holds it. Reasons are
//
//   - identity: it is compared, even with nil, or is a map's key
//   - nil: one is assigned, passed or returned
//   - mutation: something is stored through it once somebody keeps it
//   - sharing: two places keep it, or a goroutine or channel gets it
//   - escape from view: it becomes an interface, goes to unknown code or into
//     a generic function, or the package's API shows it
//
// Types that reach other packages by reflection do so as interfaces. A
// pointer made by unsafe means ends as a conversion.
type obligations struct {
	pass    *analysis.Pass
	prog    *program.Program
	wanted  []*types.TypeName
	reasons map[*types.TypeName]string
	keeping map[*ssa.Parameter]bool
	showing map[types.Type][]*types.TypeName
}

func findObligations(pass *analysis.Pass, prog *program.Program, wanted []*types.TypeName) map[*types.TypeName]string {
	o := &obligations{
		pass: pass, prog: prog, wanted: wanted,
		reasons: make(map[*types.TypeName]string),
		keeping: make(map[*ssa.Parameter]bool),
		showing: make(map[types.Type][]*types.TypeName),
	}
	o.api()
	o.embedded()
	if len(o.reasons) == len(wanted) {
		return o.reasons // SSA would tell no more
	}
	for _, fn := range prog.Functions() {
		o.function(fn)
	}
	if init := prog.Package().Func("init"); init != nil {
		o.function(init)
	}
	return o.reasons
}

func (o *obligations) need(names []*types.TypeName, reason string) {
	for _, name := range names {
		if o.reasons[name] == "" {
			o.reasons[name] = reason
		}
	}
}

// pointee returns the wanted type to which the type points, as a list of at
// most one.
func (o *obligations) pointee(t types.Type) []*types.TypeName {
	for i, name := range o.wanted {
		if pointsTo(t, name.Type()) {
			return o.wanted[i : i+1]
		}
	}
	return nil
}

// shown returns the wanted types whose pointers somebody can reach who is
// given a value of the type and knows only exported fields.
func (o *obligations) shown(t types.Type) []*types.TypeName {
	list, known := o.showing[t]
	if !known {
		list = o.within(t, reach{named: true, own: o.pass.Pkg})
		o.showing[t] = list
	}
	return list
}

// within returns the wanted types to which pointers lie in reach of a type.
func (o *obligations) within(t types.Type, r reach) []*types.TypeName {
	var list []*types.TypeName
	for _, name := range o.wanted {
		if r.find(t, func(part types.Type) bool { return pointsTo(part, name.Type()) }) {
			list = append(list, name)
		}
	}
	return list
}

func (o *obligations) function(fn *ssa.Function) {
	for _, param := range fn.Params {
		o.pointer(param)
	}
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			o.instruction(instr)
			if v, ok := instr.(ssa.Value); ok {
				o.pointer(v)
			}
		}
	}
}

// instruction judges what concerns no single pointer: operands that are nil,
// and operations that hide or share whole slices and maps of pointers.
func (o *obligations) instruction(instr ssa.Instruction) {
	for _, operand := range instr.Operands(nil) {
		if c, ok := (*operand).(*ssa.Const); ok && c.IsNil() {
			o.need(o.pointee(c.Type()), "nil")
		}
	}
	switch instr := instr.(type) {
	case *ssa.MakeInterface:
		if !isVariable(instr.X) && !onlyArranged(instr) {
			o.need(o.shown(instr.X.Type()), "interface")
		}
	case *ssa.TypeAssert:
		o.need(o.shown(instr.AssertedType), "interface")
	case *ssa.BinOp:
		if instr.Op == token.EQL || instr.Op == token.NEQ {
			o.need(o.inside(instr.X.Type()), "compared")
		}
	case *ssa.MakeMap:
		if m, ok := instr.Type().Underlying().(*types.Map); ok {
			o.need(o.inside(m.Key()), "map key")
		}
	case *ssa.MakeChan:
		o.need(o.shown(instr.Type()), "channel")
	case *ssa.Go:
		o.spawned(&instr.Call)
	case *ssa.Call:
		o.call(&instr.Call)
	case *ssa.Defer:
		o.call(&instr.Call)
	}
}

// isVariable reports whether the value is the address of a variable, which
// for SSA has the type of a pointer too.
func isVariable(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Global, *ssa.FreeVar, *ssa.FieldAddr, *ssa.IndexAddr:
		return true
	case *ssa.Alloc:
		return v.Comment != "complit" && v.Comment != "new"
	}
	return false
}
