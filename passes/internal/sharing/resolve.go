package sharing

import (
	"go/constant"
	"go/token"
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// places makes the places of one package.
type places struct {
	interned map[Place]*Place
	values   map[ssa.Value]*Place
	closures map[*ssa.Function]*ssa.MakeClosure // of each function literal, where it is made
	stores   map[*ssa.Alloc]ssa.Value           // the one value ever stored, nil if there isn't one
	fields   map[fieldOfAlloc]ssa.Value         // the same for fields of objects
	results  bool                               // what a call returned and a field was given is the field's, see CollectValues
}

func newPlaces(closures map[*ssa.Function]*ssa.MakeClosure) *places {
	return &places{
		interned: make(map[Place]*Place),
		values:   make(map[ssa.Value]*Place),
		closures: closures,
		stores:   make(map[*ssa.Alloc]ssa.Value),
		fields:   make(map[fieldOfAlloc]ssa.Value),
	}
}

func (p *places) intern(place Place) *Place {
	if known, ok := p.interned[place]; ok {
		return known
	}
	made := place
	made.id = len(p.interned) + 1
	p.interned[place] = &made
	return &made
}

func (p *places) root(v ssa.Value) *Place { return p.intern(Place{Root: v}) }

func (p *places) field(parent *Place, field *types.Var) *Place {
	return p.intern(Place{Parent: parent, Field: field.Origin()})
}

func (p *places) element(parent *Place, index any) *Place {
	return p.intern(Place{Parent: parent, Index: index})
}

// of returns the place that a value is, or is the address of.
func (p *places) of(v ssa.Value) *Place {
	if known, ok := p.values[v]; ok {
		return known
	}
	p.values[v] = p.root(v) // ends the recursion of values that depend on themselves
	place := p.resolve(v)
	p.values[v] = place
	return place
}

func (p *places) resolve(v ssa.Value) *Place {
	switch v := v.(type) {
	case *ssa.FreeVar:
		if bound := p.binding(v); bound != nil {
			return p.of(bound)
		}
	case *ssa.Alloc:
		if stored := p.onlyStore(v); stored != nil {
			return p.of(stored)
		}
	case *ssa.UnOp:
		return p.resolveUnary(v)
	case *ssa.FieldAddr:
		return p.selected(v.X, match.Field(v.X.Type(), v.Field))
	case *ssa.Field:
		return p.selected(v.X, match.Field(v.X.Type(), v.Field))
	case *ssa.IndexAddr:
		return p.element(p.container(v.X), p.index(v.Index))
	case *ssa.Index:
		return p.element(p.of(v.X), p.index(v.Index))
	case *ssa.Lookup:
		return p.element(p.of(v.X), p.index(v.Index))
	case *ssa.Extract:
		return p.resolveExtract(v)
	case *ssa.Phi:
		return p.resolvePhi(v)
	case *ssa.Slice:
		return p.of(v.X)
	case *ssa.Call:
		return p.resolveCall(v)
	case *ssa.ChangeType:
		return p.of(v.X)
	case *ssa.ChangeInterface:
		return p.of(v.X)
	case *ssa.MakeInterface:
		return p.of(v.X)
	case *ssa.TypeAssert:
		return p.of(v.X)
	}
	return p.root(v)
}

// resolveUnary sees through loads. A load is what was loaded from, which is
// why a place is only what it says while nobody assigns the variable.
func (p *places) resolveUnary(v *ssa.UnOp) *Place {
	if v.Op == token.MUL {
		return p.of(v.X)
	}
	return p.root(v)
}

func (p *places) resolveExtract(v *ssa.Extract) *Place {
	switch tuple := v.Tuple.(type) {
	case *ssa.Lookup:
		if v.Index == 0 {
			return p.of(tuple)
		}
	case *ssa.TypeAssert:
		if v.Index == 0 {
			return p.of(tuple.X)
		}
	case *ssa.Next:
		if rng, ok := tuple.Iter.(*ssa.Range); ok && v.Index == 2 {
			return p.element(p.container(rng.X), v)
		}
	}
	return p.root(v)
}

// maxSelections bounds how many selections are looked through.
const maxSelections = 4

// container returns the place of a list or map of which elements are taken: of
// a selection from another whose elements are pointers, that one, since what
// they point to is the same.
func (p *places) container(v ssa.Value) *Place {
	place := p.of(v)
	for range maxSelections {
		call, ok := place.Root.(*ssa.Call)
		if !ok || PointerElement(call.Type()) == nil {
			break
		}
		from := selectedFrom(call)
		if from == nil {
			break
		}
		place = p.of(from)
	}
	return place
}

// selectedFrom returns the list or map from which a call selects, by way of an
// iterator or not; nil if the call does something else.
func selectedFrom(call *ssa.Call) ssa.Value {
	fn := CalleeObject(&call.Call)
	if fn == nil || !model.Selects(fn) {
		return nil
	}
	from := call.Call.Args[0]
	if all, ok := from.(*ssa.Call); ok && PointerElement(from.Type()) == nil {
		return selectedFrom(all)
	}
	return from
}

// resolvePhi sees through a choice between equal places.
func (p *places) resolvePhi(v *ssa.Phi) *Place {
	var common *Place
	for _, edge := range v.Edges {
		place := p.of(edge)
		if place.Root == ssa.Value(v) || place == common {
			continue
		}
		if common != nil {
			return p.root(v)
		}
		common = place
	}
	if common == nil {
		return p.root(v)
	}
	return common
}

// resolveCall sees through getters: functions of the package that do nothing
// but return a field of their receiver or parameter. One that returns a map
// may hold a lock while it does so, and look for the object that has it: nil
// stands for no object.
func (p *places) resolveCall(v *ssa.Call) *Place {
	callee := origin(v.Call.StaticCallee())
	if callee == nil || callee.Signature.Results().Len() != 1 || len(callee.Blocks) == 0 {
		return p.root(v)
	}
	mayLook := IsMap(v.Type())
	if !mayLook && (len(callee.Blocks) > 2 || len(callee.Blocks) == 2 && callee.Recover != callee.Blocks[1]) {
		return p.root(v)
	}
	for _, block := range callee.Blocks {
		if slices.ContainsFunc(block.Instrs, func(instr ssa.Instruction) bool { return !isGetterStep(instr, mayLook) }) {
			return p.root(v)
		}
	}
	if result := p.onlyResult(callee); result != nil {
		if place := p.substitute(result, callee, v.Call.Args); place.Base() != ssa.Value(v) {
			return place
		}
	}
	return p.root(v)
}

// onlyResult returns the place that a function returns on each path on which
// it doesn't return nil; nil if there are several.
func (p *places) onlyResult(fn *ssa.Function) *Place {
	var only *Place
	for _, block := range fn.Blocks {
		ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return)
		if !ok || block == fn.Recover {
			continue
		}
		result := program.Returned(ret, 0)
		if c, ok := result.(*ssa.Const); ok && c.IsNil() && len(fn.Blocks) > 2 {
			continue
		}
		place := p.of(result)
		if only != nil && only != place {
			return nil
		}
		only = place
	}
	return only
}

// isGetterStep reports whether a getter may hold the instruction, one that may
// look for an object too.
func isGetterStep(instr ssa.Instruction, mayLook bool) bool {
	switch instr := instr.(type) {
	case *ssa.FieldAddr, *ssa.UnOp, *ssa.Field, *ssa.Return, *ssa.DebugRef:
		return true
	case *ssa.RunDefers, *ssa.Alloc, *ssa.If, *ssa.Jump, *ssa.Phi, *ssa.Lookup, *ssa.Extract, *ssa.BinOp:
		return mayLook
	case *ssa.Store: // of the result, which outlives the deferred calls
		_, isResult := instr.Addr.(*ssa.Alloc)
		return mayLook && isResult
	case *ssa.Call:
		return mayLook && model.LockOperation(CalleeObject(&instr.Call)) != model.NoLockOp
	case *ssa.Defer:
		return mayLook && model.LockOperation(CalleeObject(&instr.Call)) != model.NoLockOp
	}
	return false
}

// target returns the place that a store assigns: the field itself, whatever
// it holds.
func (p *places) target(addr ssa.Value) *Place {
	if field, ok := addr.(*ssa.FieldAddr); ok {
		if assigned := match.Field(field.X.Type(), field.Field); assigned != nil {
			return p.field(p.of(field.X), assigned)
		}
	}
	return p.of(addr)
}

// selected returns the place of a field of x.
func (p *places) selected(x ssa.Value, field *types.Var) *Place {
	if field == nil {
		return p.element(p.of(x), nil)
	}
	return p.member(p.of(x), field)
}

// member returns the place of a field. A field of an object made in the same
// function, assigned once and with something that comes from elsewhere, is
// what was assigned.
func (p *places) member(parent *Place, field *types.Var) *Place {
	if alloc, ok := parent.Root.(*ssa.Alloc); ok {
		if stored := p.onlyFieldStore(alloc, field); stored != nil {
			if IsReference(stored.Type()) && !madeForField(stored) && !(p.results && isResult(stored)) {
				return p.of(stored)
			}
		}
	}
	return p.field(parent, field)
}

// isResult reports whether a value, in an interface or not, is what a call
// returned.
func isResult(v ssa.Value) bool {
	if boxed, ok := v.(*ssa.MakeInterface); ok {
		v = boxed.X
	}
	_, ok := v.(*ssa.Call)
	return ok
}

// index returns what an element's index is known by.
func (p *places) index(v ssa.Value) any {
	if c, ok := v.(*ssa.Const); ok && c.Value != nil && c.Value.Kind() != constant.Unknown {
		return c.Value.ExactString()
	}
	return p.of(v)
}

// substitute returns the place of a callee as its caller sees it: parameters
// become arguments.
func (p *places) substitute(place *Place, callee *ssa.Function, args []ssa.Value) *Place {
	if place.Parent == nil {
		param, ok := place.Root.(*ssa.Parameter)
		if !ok || param.Parent() != callee {
			return place
		}
		for i, formal := range callee.Params {
			if formal == param && i < len(args) {
				return p.of(args[i])
			}
		}
		return place
	}
	parent := p.substitute(place.Parent, callee, args)
	if place.Field != nil {
		return p.member(parent, place.Field)
	}
	index := place.Index
	if inner, ok := index.(*Place); ok {
		index = p.substitute(inner, callee, args)
	}
	return p.element(parent, index)
}

// origin returns the generic function of an instance, or the function.
func origin(fn *ssa.Function) *ssa.Function {
	if fn != nil && fn.Origin() != nil {
		return fn.Origin()
	}
	return fn
}

func eachInstr(fn *ssa.Function, visit func(ssa.Instruction)) {
	for _, block := range fn.Blocks {
		for _, instr := range block.Instrs {
			visit(instr)
		}
	}
}
