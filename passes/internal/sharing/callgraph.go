package sharing

import (
	"go/ast"
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/effect"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/summary"
)

// A callGraph knows who calls a function by name, and which functions are
// used as values in ways that aren't followed.
type callGraph struct {
	callers map[*ssa.Function][]*ssa.Function
	sites   map[*ssa.Function][]ssa.CallInstruction
	escapes map[*ssa.Function]bool
	invoked map[*ssa.Function]bool   // by way of an interface that nobody else can name
	encoded map[*types.TypeName]bool // types of objects that are given to encoders
}

func newCallGraph(b *builder, funcs []*ssa.Function) *callGraph {
	g := &callGraph{
		callers: make(map[*ssa.Function][]*ssa.Function),
		sites:   make(map[*ssa.Function][]ssa.CallInstruction),
		escapes: make(map[*ssa.Function]bool),
		invoked: make(map[*ssa.Function]bool),
		encoded: make(map[*types.TypeName]bool),
	}
	for _, fn := range funcs {
		eachInstr(fn, func(instr ssa.Instruction) { g.add(b, fn, instr) })
	}
	return g
}

func (g *callGraph) add(b *builder, fn *ssa.Function, instr ssa.Instruction) {
	if call, ok := instr.(ssa.CallInstruction); ok {
		if callee := origin(call.Common().StaticCallee()); callee != nil {
			g.callers[callee] = append(g.callers[callee], fn)
			g.sites[callee] = append(g.sites[callee], call)
		}
		for _, method := range b.implementations(call.Common()) {
			g.invoked[method] = g.invoked[method] || !ast.IsExported(method.Name())
		}
		g.addEncoded(call.Common())
	}
	for _, operand := range instr.Operands(nil) {
		if *operand == nil {
			continue
		}
		value := functionIn(b, *operand)
		if value != nil && !followed(b, instr, *operand) {
			g.escapes[value] = true
		}
	}
}

// addEncoded notes the types of what is given to a function of the standard
// library's encodings, which calls methods of it.
func (g *callGraph) addEncoded(call *ssa.CallCommon) {
	fn := CalleeObject(call)
	if fn == nil || fn.Pkg() == nil || !strings.HasPrefix(fn.Pkg().Path(), "encoding/") {
		return
	}
	for _, arg := range call.Args {
		if boxed, ok := arg.(*ssa.MakeInterface); ok {
			if named := model.ReceiverNamed(boxed.X.Type()); named != nil {
				g.encoded[named.Origin().Obj()] = true
			}
		}
	}
}

// functionIn returns the function that a value is by itself: a name, a
// literal or a method value.
func functionIn(b *builder, v ssa.Value) *ssa.Function {
	switch v := v.(type) {
	case *ssa.Function:
		return origin(v)
	case *ssa.MakeClosure:
		fn := v.Fn.(*ssa.Function)
		if fn.Synthetic != "" && fn.Parent() == nil {
			return b.method(fn)
		}
		return fn
	}
	return nil
}

// followed reports whether footprints know what becomes of a function value
// that is an operand of the instruction.
func followed(b *builder, instr ssa.Instruction, value ssa.Value) bool {
	switch instr := instr.(type) {
	case *ssa.MakeClosure:
		return instr.Fn == value
	case *ssa.Store:
		alloc, ok := instr.Addr.(*ssa.Alloc)
		return ok && b.places.onlyStore(alloc) == value
	case *ssa.DebugRef:
		return true
	case ssa.CallInstruction:
		return followedCall(b, instr.Common(), value)
	}
	return false
}

func followedCall(b *builder, call *ssa.CallCommon, value ssa.Value) bool {
	if call.Value == value {
		return true
	}
	fn := CalleeObject(call)
	if fn == nil {
		return false
	}
	if callee := origin(call.StaticCallee()); hasBody(callee) {
		return runsParam(b, callee, call.Args, value)
	}
	if known := b.locks.imports.of(call); known != nil && runsOnly(known, call.Args, value) {
		return true
	}
	return model.Spawns(fn) >= 0 || model.CallsSynchronously(fn) || model.CallsOnce(fn) || isSubtest(fn)
}

// runsOnly reports whether each formal for which the value stands is one that
// a function of another package calls.
func runsOnly(known *summary.Summary, args []ssa.Value, value ssa.Value) bool {
	for i, arg := range args {
		if arg == value && !slices.ContainsFunc(known.Runs, func(run effect.Run) bool { return run.Formal == i }) {
			return false
		}
	}
	return true
}

// runsParam reports whether the callee calls each parameter for which the
// value stands, and does nothing else with it.
func runsParam(b *builder, callee *ssa.Function, args []ssa.Value, value ssa.Value) bool {
	for i, arg := range args {
		if arg == value && (i >= len(callee.Params) || !onlyCalled(b, callee.Params[i])) {
			return false
		}
	}
	return true
}

// onlyCalled reports whether all uses of a function value are calls, here or
// in function literals and callees.
func onlyCalled(b *builder, v ssa.Value) bool {
	known, ok := b.onlyCalled[v]
	if !ok {
		b.onlyCalled[v] = true // passing itself on in recursion is no other use
		known = hasOnlyCalls(b, v)
		b.onlyCalled[v] = known
	}
	return known
}

func hasOnlyCalls(b *builder, v ssa.Value) bool {
	for _, ref := range *v.Referrers() {
		switch ref := ref.(type) {
		case *ssa.DebugRef, *ssa.UnOp, *ssa.BinOp:
		case *ssa.MakeClosure:
			if !closureIsFollowed(b, ref) {
				return false // kept by a literal that is kept
			}
		case *ssa.Store:
			if alloc, ok := ref.Addr.(*ssa.Alloc); !ok || b.places.onlyStore(alloc) == nil || !cellIsFollowed(b, alloc) {
				return false // kept
			}
		case ssa.CallInstruction:
			if ref.Common().Value != v && !followedCall(b, ref.Common(), v) {
				return false
			}
		default:
			return false
		}
	}
	return true
}

// cellIsFollowed reports whether all uses of the function value in a variable
// are calls, here or in literals that refer to it, none of which is kept:
//
//	t.expire = func() { fn(t.count) }
func cellIsFollowed(b *builder, cell *ssa.Alloc) bool {
	return !slices.ContainsFunc(*cell.Referrers(), func(ref ssa.Instruction) bool {
		switch ref := ref.(type) {
		case *ssa.UnOp:
			return !onlyCalled(b, ref)
		case *ssa.MakeClosure:
			return !closureIsFollowed(b, ref)
		}
		return false
	})
}

// closureIsFollowed reports whether footprints know what becomes of a
// function literal, wherever its value goes.
func closureIsFollowed(b *builder, closure *ssa.MakeClosure) bool {
	return !slices.ContainsFunc(*closure.Referrers(), func(ref ssa.Instruction) bool { return !followed(b, ref, closure) })
}
