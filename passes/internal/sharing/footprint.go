package sharing

import (
	"go/types"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
)

// Bounds on what is kept of one function: beyond them it is forgotten, which
// can only hide a finding.
const (
	maxEffects = 400
	maxDepth   = 8
)

// An Effect is an access as a function sees it that makes it, or calls one
// that does.
type Effect struct {
	*Access
	At       *Place                // the map, in the places of the function
	Held     Held                  // at the access
	LoadHeld Held                  // when the map was loaded from its variable
	Calls    []ssa.CallInstruction // from the function to the access, outermost first
	Once     bool                  // runs at most once, before anybody gets by: sync.Once
}

// A Spawn is a point at which a function starts a goroutine, itself or by
// calling a function that does.
type Spawn struct {
	Instr    ssa.Instruction // in the function
	Site     ssa.Instruction // where the goroutine starts, perhaps in a callee
	Body     *ssa.Function
	Effects  []Effect // of the goroutine and those that it starts
	Signals  []Signal
	Unknown  bool     // it may give signals that aren't known
	Waits    bool     // it waits for others itself
	Awaits   []*Place // channels that it receives from
	Many     bool     // the callee starts it in a loop
	Parallel bool     // a parallel subtest: runs when the test function has returned
}

// A Run is a call of a function value that the function was given.
type Run struct {
	Param *ssa.Parameter
	Held  Held
	Async bool // on another goroutine
	Many  bool // in a loop
	Once  bool
}

// A Step is what one instruction of a function does, calls included.
type Step struct {
	Instr    ssa.Instruction
	Effects  []Effect
	Spawns   []*Spawn
	Joins    []Join
	Signals  []Signal
	Runs     []Run
	Unknown  bool // may give signals that aren't known
	Deferred bool
}

// A Footprint is what a function does to maps and with goroutines.
type Footprint struct {
	Fn    *ssa.Function
	Steps []Step
}

// builder makes footprints, callees first. A function that is being made
// (recursion) counts as empty.
type builder struct {
	places     *places
	locks      *locks
	owners     *owners
	accesses   *accesses
	footprints map[*ssa.Function]*Footprint
}

func (b *builder) footprint(fn *ssa.Function) *Footprint {
	if known, ok := b.footprints[fn]; ok {
		return known
	}
	made := &Footprint{Fn: fn}
	b.footprints[fn] = made
	flow := b.locks.flow(fn)
	own := make(map[ssa.Instruction][]*Access)
	for _, access := range b.accesses.of(fn) {
		own[access.Instr] = append(own[access.Instr], access)
	}
	var steps []Step
	eachInstr(fn, func(instr ssa.Instruction) {
		step := b.step(instr, flow)
		for _, access := range own[instr] {
			step.Effects = append(step.Effects, direct(access, flow))
		}
		if !step.empty() {
			steps = append(steps, step)
		}
	})
	made.Steps = steps
	return made
}

func (s *Step) empty() bool {
	return len(s.Effects)+len(s.Spawns)+len(s.Joins)+len(s.Signals)+len(s.Runs) == 0 && !s.Unknown
}

func direct(access *Access, flow *lockFlow) Effect {
	held := flow.at(access.Instr)
	loaded := held
	if access.Loaded != nil {
		loaded = flow.at(access.Loaded)
	}
	return Effect{Access: access, At: access.Place, Held: held, LoadHeld: loaded}
}

// step looks at one instruction and at what it calls.
func (b *builder) step(instr ssa.Instruction, flow *lockFlow) Step {
	step := Step{Instr: instr, Joins: b.joinsOf(instr)}
	places, unknown := b.signalsOf(instr)
	step.Unknown = unknown
	_, step.Deferred = instr.(*ssa.Defer)
	for _, place := range places {
		step.Signals = append(step.Signals, Signal{place, instr, step.Deferred})
	}
	call, ok := instr.(ssa.CallInstruction)
	if !ok {
		return step
	}
	held := flow.at(instr)
	if step.Deferred {
		held = atExit(held, flow)
	}
	if _, isGo := instr.(*ssa.Go); isGo {
		step.Signals, step.Unknown = nil, false // the goroutine's own
		b.addCallee(&step, call, Run{Async: true})
		return step
	}
	b.addCallee(&step, call, Run{Held: held})
	b.addCallbacks(&step, call, held)
	return step
}

// atExit returns the locks that a deferred call finds: those that were held
// when it was deferred and still are at the end, before deferred unlocks.
func atExit(held Held, flow *lockFlow) Held {
	end := lockPoint{}
	for instr, state := range flow.before {
		if _, ok := instr.(*ssa.RunDefers); ok {
			end = end.merge(state)
		}
	}
	if !end.reached {
		return held
	}
	merged := held.Merge(end.Held)
	merged.Released = nil
	return merged
}

// addCallee adds what the function does that a call, go or defer calls.
func (b *builder) addCallee(step *Step, call ssa.CallInstruction, run Run) {
	common := call.Common()
	if common.IsInvoke() {
		return
	}
	if callee := origin(common.StaticCallee()); callee != nil {
		if hasBody(callee) {
			b.add(step, call, callee, common.Args, run)
		}
		return
	}
	b.addFunction(step, call, common.Value, common.Args, run)
}

// addFunction adds what a function value does when it is run.
func (b *builder) addFunction(step *Step, call ssa.CallInstruction, value ssa.Value, args []ssa.Value, run Run) {
	if fn, bound := b.callable(value); fn != nil {
		b.add(step, call, fn, append(bound[:len(bound):len(bound)], args...), run)
		return
	}
	if param, ok := b.places.of(value).Root.(*ssa.Parameter); ok {
		run.Param = param
		step.Runs = append(step.Runs, run)
	}
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

// addCallbacks adds what the functions do that are passed to the callee.
func (b *builder) addCallbacks(step *Step, call ssa.CallInstruction, held Held) {
	common := call.Common()
	fn := CalleeObject(common)
	if fn == nil || hasBody(origin(common.StaticCallee())) {
		return // the callee's footprint says when it runs them
	}
	spawned := model.Spawns(fn)
	for i, arg := range arguments(common) {
		if !isFunc(arg) {
			continue
		}
		switch {
		case i == spawned:
			b.addFunction(step, call, arg, nil, Run{Async: true})
		case isSubtest(fn):
			b.addSubtest(step, call, arg, held)
		case model.CallsOnce(fn):
			b.addFunction(step, call, arg, nil, Run{Held: held, Once: true})
		case model.CallsSynchronously(fn):
			b.addFunction(step, call, arg, nil, Run{Held: held, Many: true})
		}
	}
}

// add adds the footprint of a callee, as its caller sees it.
func (b *builder) add(step *Step, call ssa.CallInstruction, callee *ssa.Function, args []ssa.Value, run Run) {
	view := &view{b: b, call: call, callee: callee, args: args, run: run}
	if run.Async {
		spawn, runs := view.spawn()
		step.Spawns = append(step.Spawns, spawn)
		step.Runs = append(step.Runs, runs...)
		return
	}
	for _, inner := range b.footprint(callee).Steps {
		view.include(step, inner)
	}
}

// method returns the method that a method value's wrapper calls.
func (b *builder) method(wrapper *ssa.Function) *ssa.Function {
	obj, ok := wrapper.Object().(*types.Func)
	if !ok {
		return nil
	}
	return origin(wrapper.Prog.FuncValue(obj.Origin()))
}

func isFunc(v ssa.Value) bool {
	_, ok := v.Type().Underlying().(*types.Signature)
	return ok
}
