package sharing

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// An invocation is one function that a call instruction runs: the callee, or
// a function that the callee is passed and runs.
type invocation struct {
	fn   *ssa.Function // nil if run.Param is set
	args []ssa.Value
	run  Run // Held: what is held on top of what the caller holds; Param: not known, the caller was given it
}

// invocations lists the functions of this package that the instruction runs,
// as far as they are known by name, as literals or as method values.
func (b *builder) invocations(call ssa.CallInstruction) []invocation {
	common := call.Common()
	_, isGo := call.(*ssa.Go)
	run := Run{Async: isGo}
	if common.IsInvoke() {
		list := append(b.callbacks(call), b.texts(call)...)
		known := b.implementations(common)
		run.Choice = len(known) > 1
		for _, method := range known {
			list = append(list, b.runsOf(method, append([]ssa.Value{common.Value}, common.Args...), run)...)
		}
		return list
	}
	callee := origin(common.StaticCallee())
	switch {
	case callee == nil:
		return b.valueRuns(common.Value, common.Args, run)
	case !hasBody(callee):
		return slices.Concat(b.callbacks(call), b.importedRuns(call), b.texts(call))
	}
	return b.runsOf(callee, common.Args, run)
}

// runsOf lists a function of the package that is called, and the functions
// that it is given and runs.
func (b *builder) runsOf(callee *ssa.Function, args []ssa.Value, run Run) []invocation {
	list := []invocation{{callee, args, run}}
	for _, given := range b.footprint(callee).Runs {
		for i, param := range callee.Params {
			if param == given.Param && i < len(args) {
				given.Async = given.Async || run.Async
				given.Choice = given.Choice || run.Choice
				given.Held = given.Held.translate(func(p *Place) *Place {
					return b.places.lockIn(b.places.substitute(p, callee, args))
				})
				list = append(list, b.valueRuns(args[i], nil, given)...)
			}
		}
	}
	return list
}

// valueRuns returns the invocation of a function value.
func (b *builder) valueRuns(value ssa.Value, args []ssa.Value, run Run) []invocation {
	run.Param = nil
	if fn, bound := b.callable(value); fn != nil {
		return []invocation{{fn, append(bound[:len(bound):len(bound)], args...), run}}
	}
	if param, ok := b.places.of(value).Root.(*ssa.Parameter); ok {
		run.Param = param
		return []invocation{{run: run}}
	}
	return nil
}

// callable returns the function that a value is known to be, and the
// receiver if it is a method value.
func (b *builder) callable(value ssa.Value) (fn *ssa.Function, bound []ssa.Value) {
	switch root := b.places.of(value).Root.(type) {
	case *ssa.Function:
		fn = origin(root)
	case *ssa.MakeClosure:
		fn = root.Fn.(*ssa.Function)
		if fn.Synthetic != "" && fn.Parent() == nil { // a method value
			bound = root.Bindings
			fn = b.method(fn)
		}
	}
	if !hasBody(fn) {
		return nil, nil
	}
	return fn, bound
}

// method returns the method that a method value's wrapper calls.
func (b *builder) method(wrapper *ssa.Function) *ssa.Function {
	obj, ok := wrapper.Object().(*types.Func)
	if !ok {
		return nil
	}
	return origin(wrapper.Prog.FuncValue(obj.Origin()))
}

// callbacks lists the functions that a function of another package runs
// because it is passed them.
func (b *builder) callbacks(call ssa.CallInstruction) []invocation {
	fn := CalleeObject(call.Common())
	if fn == nil {
		return nil
	}
	var list []invocation
	spawned := model.Spawns(fn)
	for i, arg := range arguments(call.Common()) {
		if _, isFunc := arg.Type().Underlying().(*types.Signature); !isFunc {
			continue
		}
		switch {
		case i == spawned:
			list = append(list, b.valueRuns(arg, nil, Run{Async: true})...)
		case isSubtest(fn):
			list = append(list, b.valueRuns(arg, nil, Run{Async: b.isParallel(arg)})...)
		case model.CallsOnce(fn):
			list = append(list, b.valueRuns(arg, nil, Run{Once: true})...)
		case model.CallsSynchronously(fn):
			list = append(list, b.valueRuns(arg, nil, Run{Many: true})...)
		}
	}
	return list
}

// groupOf returns the WaitGroup or errgroup whose method starts a goroutine,
// and whose Wait joins it.
func (b *builder) groupOf(call ssa.CallInstruction) *Place {
	common := call.Common()
	fn := CalleeObject(common)
	if fn == nil || model.Spawns(fn) < 0 || fn.Signature().Recv() == nil || common.IsInvoke() {
		return nil
	}
	return b.places.of(common.Args[0])
}
