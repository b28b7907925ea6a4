package hotpointer

import (
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
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

func (o *obligations) spawned(call *ssa.CallCommon) {
	operands := call.Args
	if closure, ok := call.Value.(*ssa.MakeClosure); ok {
		operands = append(operands, closure.Bindings...)
	}
	for _, operand := range operands {
		o.need(o.shown(operand.Type()), "goroutine")
	}
}

// call judges calls of code that isn't this package's, as written.
func (o *obligations) call(call *ssa.CallCommon) {
	if builtin, ok := call.Value.(*ssa.Builtin); ok {
		o.builtin(builtin.Name(), call.Args)
		return
	}
	callee := call.StaticCallee()
	if callee == nil {
		return // through an interface or variable: o.pointer judges the arguments
	}
	for _, arg := range callee.TypeArgs() {
		if !isArranging(callee) {
			o.need(o.shown(arg), "generic")
			o.need(o.named(arg), "generic")
		}
	}
	if o.isOurs(callee) || isArranging(callee) {
		return
	}
	for _, arg := range call.Args {
		if !isVariable(arg) {
			o.need(o.shown(arg.Type()), "unknown code")
		}
	}
}

// inside returns the wanted types to which a value of the type holds pointers
// in its own memory, where comparing the value compares them.
func (o *obligations) inside(t types.Type) []*types.TypeName {
	return o.within(t, reach{values: true, named: true, hidden: true, own: o.pass.Pkg})
}

func (o *obligations) named(t types.Type) []*types.TypeName {
	for i, name := range o.wanted {
		if types.Identical(t, name.Type()) {
			return o.wanted[i : i+1]
		}
	}
	return nil
}

// builtin: the elements that copy and append(a, b...) hand over are kept by
// two slices from then on.
func (o *obligations) builtin(name string, args []ssa.Value) {
	switch name {
	case "copy":
		o.need(o.elements(args[1]), "shared")
	case "append":
		if len(args) == 2 && !isArgumentList(args[1]) {
			o.need(o.elements(args[1]), "shared")
		}
	}
}

func (o *obligations) elements(v ssa.Value) []*types.TypeName {
	if slice, ok := v.Type().Underlying().(*types.Slice); ok {
		return o.pointee(slice.Elem())
	}
	return nil
}

// isArgumentList recognises the slice that is made for the arguments of
// append or of a variadic call.
func isArgumentList(v ssa.Value) bool {
	slice, ok := v.(*ssa.Slice)
	if !ok {
		return false
	}
	alloc, ok := slice.X.(*ssa.Alloc)
	return ok && alloc.Comment == "varargs"
}

func (o *obligations) isOurs(fn *ssa.Function) bool {
	if origin := fn.Origin(); origin != nil {
		fn = origin
	}
	return fn.Blocks != nil
}

// isArranging reports whether the function only orders or searches the
// elements it is given, by a function of the caller's.
func isArranging(fn *ssa.Function) bool {
	obj, ok := fn.Object().(*types.Func)
	return ok && model.Arranges(obj)
}

// onlyArranged reports whether the interface made is nothing but an argument
// of such functions, like that of sort.Slice.
func onlyArranged(made *ssa.MakeInterface) bool {
	for _, ref := range *made.Referrers() {
		call, ok := ref.(*ssa.Call)
		if !ok || call.Call.StaticCallee() == nil || !isArranging(call.Call.StaticCallee()) {
			return false
		}
	}
	return true
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
