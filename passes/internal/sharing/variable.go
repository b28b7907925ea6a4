package sharing

import (
	"go/ast"
	"go/token"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// variables finds the accesses of fields and package-level variables, what
// they hold left aside: s.n is read or written, s.list[i] = x writes a part
// of s.list. Where only the address is taken, nothing is known.
type variables struct {
	wanted  func(*types.Var) bool
	exprs   map[token.Pos]ast.Expr   // by the position of the name, or of the star
	locals  map[token.Pos]*types.Var // that are wanted too, by where they are declared
	cells   bool                     // a variable of a function is a place of its own, even if all that it ever holds is known
	inside  bool                     // what methods do to the object that a variable holds counts as well
	atomics bool                     // what functions of sync/atomic do counts as well; of pointers, what they point to is meant
}

// CollectVariables prepares the evidence on the fields and package-level
// variables that are wanted. [Evidence.Uses] then tells of these.
func CollectVariables(pass *analysis.Pass, prog *program.Program, wanted func(*types.Var) bool) *Evidence {
	return Collect(pass, prog).OfVariables(wanted)
}

// OfVariables returns evidence on the fields and package-level variables that
// are wanted, in the place of that on maps: it is made from the other, which
// isn't to be asked any more.
func (e *Evidence) OfVariables(wanted func(*types.Var) bool) *Evidence {
	e.builder.accesses.variables = &variables{wanted: wanted, exprs: variableExprs(e.pass), inside: true}
	return e
}

// OfCaptured returns evidence on variables of functions, by where they are
// declared, in the place of that on maps, as [Evidence.OfVariables] does.
func (e *Evidence) OfCaptured(locals map[token.Pos]*types.Var) *Evidence {
	e.OfVariables(func(*types.Var) bool { return false })
	e.builder.accesses.variables.locals = locals
	e.builder.accesses.variables.cells = true
	return e
}

// CollectAtomics prepares the evidence on variables of functions, too, and
// tells of what functions of sync/atomic do to the wanted variables: see
// [Access.Atomic].
func CollectAtomics(pass *analysis.Pass, prog *program.Program, wanted map[*types.Var]bool) *Evidence {
	e := CollectVariables(pass, prog, func(v *types.Var) bool { return wanted[v] })
	locals := make(map[token.Pos]*types.Var)
	for v := range wanted {
		if !v.IsField() && v.Parent() != pass.Pkg.Scope() {
			locals[v.Pos()] = v
		}
	}
	e.builder.accesses.variables.locals = locals
	e.builder.accesses.variables.atomics = true
	return e
}

func variableExprs(pass *analysis.Pass) map[token.Pos]ast.Expr {
	exprs := make(map[token.Pos]ast.Expr)
	for _, file := range pass.Files {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.SelectorExpr:
				exprs[n.Sel.Pos()] = n
			case *ast.StarExpr:
				exprs[n.Star] = n
			case *ast.Ident:
				if exprs[n.Pos()] == nil {
					exprs[n.Pos()] = n
				}
			}
			return true
		})
	}
	return exprs
}

// An adder notes an access of what an address is, and returns it to be told
// more of; where nothing wanted lies there, the access isn't kept.
type adder func(instr ssa.Instruction, addr ssa.Value, use Use) *Access

func (x *variables) of(fn *ssa.Function, places *places) []*Access {
	var list []*Access
	add := func(instr ssa.Instruction, addr ssa.Value, use Use) *Access {
		at, name := x.variable(addr, instr.Pos())
		if x.atomics {
			at, name = x.pointee(addr, instr.Pos(), at, name)
		}
		if at == nil {
			return new(Access)
		}
		access := &Access{Instr: instr, Fn: fn, Use: use, Place: x.place(at, use, places), Expr: x.exprs[name], value: at}
		list = append(list, access)
		return access
	}
	eachInstr(fn, func(instr ssa.Instruction) {
		switch instr := instr.(type) {
		case *ssa.UnOp:
			if program.Loads(instr) {
				add(instr, instr.X, Read)
			}
		case *ssa.Store:
			x.ofStore(instr, add)
		case *ssa.Call:
			x.ofCall(instr, add)
		}
	})
	return list
}

func (x *variables) ofStore(store *ssa.Store, add adder) {
	element, ok := store.Addr.(*ssa.IndexAddr)
	if !ok {
		add(store, store.Addr, Replaced)
		return
	}
	if load, ok := element.X.(*ssa.UnOp); ok && load.Op == token.MUL {
		add(store, load.X, Assigned).value = load // which may have been taken away since
		return
	}
	add(store, element.X, Assigned)
}

func (x *variables) ofCall(call *ssa.Call, add adder) {
	if addr, use, kept, ok := x.insideUse(call); ok {
		access := add(call, addr, use)
		access.Inside, access.Kept = true, kept
	}
	if use, ok := x.atomicUse(call); ok {
		add(call, addressBehind(call.Call.Args[0]), use).Atomic = true
	}
}

func (x *variables) place(at ssa.Value, use Use, places *places) *Place {
	if field, ok := at.(*ssa.FieldAddr); ok && x.atomics && holdsPointer(at) {
		if original := copied(field.X); original != nil {
			return places.selected(original, match.Field(field.X.Type(), field.Field)) // a copy's pointer points to the same
		}
	}
	switch {
	case x.cells:
	case use == Replaced:
		return places.target(at)
	default:
		return places.of(at)
	}
	if free, ok := at.(*ssa.FreeVar); ok {
		if cell := places.cell(free); cell != nil {
			at = cell
		}
	}
	return places.root(at)
}

// copied returns the address of the struct that a variable of the function is
// a copy of, nil if it isn't known to be one:
//
//	c := s.counters[i]
func copied(v ssa.Value) ssa.Value {
	alloc, ok := v.(*ssa.Alloc)
	if !ok {
		return nil
	}
	var original ssa.Value
	for _, ref := range *alloc.Referrers() {
		store, ok := ref.(*ssa.Store)
		if !ok || store.Addr != alloc {
			continue
		}
		load, ok := store.Val.(*ssa.UnOp)
		if !ok || load.Op != token.MUL || original != nil {
			return nil
		}
		original = load.X
	}
	return original
}

// insideUse returns the address of a variable of which a method is called
// that isn't for concurrent use, what it does to the object, and whether that
// is a container:
//
//	c.order.MoveToFront(e)    // container/list's
//	c.index.Insert(key)       // a container's
func (x *variables) insideUse(call *ssa.Call) (addr ssa.Value, use Use, kept, ok bool) {
	fn := CalleeObject(&call.Call)
	if !x.inside || x.cells || x.atomics || fn == nil || call.Call.IsInvoke() || fn.Signature().Recv() == nil || len(call.Call.Args) == 0 {
		return nil, Read, false, false
	}
	addr = call.Call.Args[0]
	if load, ok := addr.(*ssa.UnOp); ok && load.Op == token.MUL {
		addr = load.X
	}
	contract, known := model.ContractOf(model.TypeKey(fn.Signature().Recv().Type()))
	switch {
	case !known:
		use, ok := containerUse(call, fn)
		return addr, use, true, ok
	case contract.Safe(fn.Name()):
		return nil, Read, false, false
	case contract.Reads(fn.Name()):
		return addr, Read, false, true
	}
	return addr, Assigned, false, true
}

// atomicUse returns what a call of a function of sync/atomic does to the
// variable whose address it is given.
func (x *variables) atomicUse(call *ssa.Call) (Use, bool) {
	fn := CalleeObject(&call.Call)
	if !x.atomics || fn == nil {
		return Read, false
	}
	switch model.AtomicOperation(fn) {
	case model.AtomicLoad:
		return Read, true
	case model.NoAtomic:
		return Read, false
	}
	return Assigned, true
}

// addressBehind sees through the conversions of a pointer's type.
func addressBehind(v ssa.Value) ssa.Value {
	for {
		switch c := v.(type) {
		case *ssa.Convert:
			v = c.X
		case *ssa.ChangeType:
			v = c.X
		default:
			return v
		}
	}
}

// pointee returns, of a wanted variable that is a pointer, the variable that
// it points to, which is what the functions of sync/atomic work on, in place
// of itself.
func (x *variables) pointee(addr ssa.Value, pos token.Pos, at ssa.Value, name token.Pos) (ssa.Value, token.Pos) {
	if at != nil {
		if holdsPointer(at) {
			return nil, token.NoPos
		}
		return at, name
	}
	load, ok := addr.(*ssa.UnOp)
	if !ok || load.Op != token.MUL {
		return nil, token.NoPos
	}
	if at, _ := x.variable(load.X, pos); at != nil && holdsPointer(at) {
		return at, pos
	}
	return nil, token.NoPos
}

func holdsPointer(addr ssa.Value) bool {
	_, ok := addr.Type().Underlying().(*types.Pointer).Elem().Underlying().(*types.Pointer)
	return ok
}

// variable returns the address of the wanted variable that an address is,
// and the position of its name.
func (x *variables) variable(addr ssa.Value, pos token.Pos) (ssa.Value, token.Pos) {
	switch addr := addr.(type) {
	case *ssa.FieldAddr:
		if field := match.Field(addr.X.Type(), addr.Field); field != nil && x.wanted(field.Origin()) {
			return addr, addr.Pos()
		}
	case *ssa.Global:
		if v, ok := addr.Object().(*types.Var); ok && x.wanted(v) {
			return addr, pos
		}
	case *ssa.Alloc:
		if x.locals[addr.Pos()] != nil {
			return addr, pos
		}
	case *ssa.FreeVar:
		if x.locals[addr.Pos()] != nil {
			return addr, pos
		}
	}
	return nil, token.NoPos
}
