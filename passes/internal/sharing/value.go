package sharing

import (
	"go/ast"
	"go/types"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/program"
)

// values finds the uses of values that goroutines must not share: calls of
// their methods, and of functions that read from or write to them.
type values struct {
	contract func(types.Type) (model.Contract, bool)
	source   *source
}

// CollectValues prepares the evidence on values of the types for which there
// is a contract. [Evidence.Uses] then tells of these.
func CollectValues(pass *analysis.Pass, prog *program.Program, contract func(types.Type) (model.Contract, bool)) *Evidence {
	e := Collect(pass, prog)
	e.builder.places.results = true
	e.builder.accesses.values = &values{contract: contract, source: e.builder.accesses.source}
	return e
}

func (x *values) of(fn *ssa.Function, places *places) []*Access {
	var list []*Access
	add := func(instr ssa.CallInstruction, value ssa.Value, expr ast.Expr, method string) {
		contract, ok := x.contract(value.Type())
		if !ok || contract.Safe(method) || expr == nil {
			return
		}
		access := &Access{Instr: instr, Fn: fn, Use: Assigned, Place: places.of(value), Expr: expr, Apart: contract.Apart(method), value: value}
		if contract.Reads(method) {
			access.Use = Read
		}
		list = append(list, access)
	}
	eachInstr(fn, func(instr ssa.Instruction) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok {
			return
		}
		common := call.Common()
		callee, syntax := CalleeObject(common), x.source.call(call)
		if callee == nil || syntax == nil || hasBody(common.StaticCallee()) {
			return
		}
		switch selector, _ := ast.Unparen(syntax.Fun).(*ast.SelectorExpr); {
		case callee.Signature().Recv() == nil:
			x.arguments(call, syntax, model.Key(callee), add)
		case selector == nil:
		case common.IsInvoke():
			add(call, common.Value, selector.X, callee.Name())
		default:
			add(call, common.Args[0], selector.X, callee.Name())
		}
	})
	return list
}

// arguments adds the streams that a function is given.
func (x *values) arguments(call ssa.CallInstruction, syntax *ast.CallExpr, key string, add func(ssa.CallInstruction, ssa.Value, ast.Expr, string)) {
	for i, arg := range syntax.Args {
		if i >= len(call.Common().Args) || !model.MovesStream(key, i) {
			continue
		}
		value := call.Common().Args[i]
		if boxed, ok := value.(*ssa.MakeInterface); ok {
			value = boxed.X
		}
		if address, ok := arg.(*ast.UnaryExpr); ok {
			arg = address.X
		}
		add(call, value, arg, key)
	}
}

// Value returns what an access uses.
func (a *Access) Value() ssa.Value { return a.value }

// Type returns the type of what an access uses.
func (a *Access) Type() types.Type { return a.value.Type() }
