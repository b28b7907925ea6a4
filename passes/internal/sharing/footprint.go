package sharing

import (
	"go/types"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// maxKept bounds each list of a footprint: what is beyond is forgotten,
// which can only hide a finding.
const maxKept = 40

// maxLift bounds the calls from a function down to a goroutine that counts as
// its own.
const maxLift = 2

// A Spawn is a point at which a function starts a goroutine, itself or by
// calling a function that does.
type Spawn struct {
	Instr    ssa.Instruction // in the function
	Site     ssa.Instruction // where the goroutine starts, perhaps in a callee
	Body     *ssa.Function
	Signals  []Signal
	Unknown  bool     // it may give signals that aren't known
	Waits    bool     // it waits for others itself
	Awaits   []*Place // what it waits for
	Many     bool     // it is started in a loop of a callee
	Parallel bool     // a parallel subtest: runs when the test function has returned

	args []ssa.Value // of the body
	runs []Run       // what the goroutine calls that the function was given
	base *Spawn      // as the function sees it that holds the site
	via  []stepDown  // the calls from the function down to the site, outermost first
}

// A stepDown is a call that leads from a function into one that it calls.
type stepDown struct {
	call ssa.CallInstruction
	fn   *ssa.Function
	args []ssa.Value
}

// A Run is a call of a function value that the function was given.
type Run struct {
	Param *ssa.Parameter
	Held  Held
	Async bool // on another goroutine
	Many  bool // in a loop
	Once  bool // at most once, before anybody gets by: sync.Once

	Choice bool // perhaps: it is one of several methods behind an interface
}

// A Step is what one instruction of a function does, calls included.
type Step struct {
	Instr    ssa.Instruction
	Spawns   []*Spawn
	Joins    []Join
	Signals  []Signal
	Rooms    []Signal // receives, see [room]
	Unknown  bool     // may give signals that aren't known
	Deferred bool
}

// A Footprint is what a function does with goroutines, for its callers and
// for the search for pairs.
type Footprint struct {
	Fn    *ssa.Function
	Steps []Step
	Runs  []Run
}

// builder makes footprints, callees first. A function that is being made
// (recursion) counts as empty.
type builder struct {
	pkg        *types.Package
	methods    map[string][]*ssa.Function // see implementations
	places     *places
	locks      *locks
	owners     *owners
	accesses   *accesses
	footprints map[*ssa.Function]*Footprint
	onlyCalled map[ssa.Value]bool // of function values
	itemsOf    map[*ssa.Function][]item
	detached   map[*ssa.UnOp]bool // of loads, see detaches
	passings   map[passing]*Access
	taken      map[ssa.Value]*ssa.Lookup                       // see takenOut
	conditions map[*ssa.Function]map[*ssa.BasicBlock]ssa.Value // see decidable
}

func (b *builder) footprint(fn *ssa.Function) *Footprint {
	if known, ok := b.footprints[fn]; ok {
		return known
	}
	made := &Footprint{Fn: fn}
	b.footprints[fn] = made
	eachInstr(fn, func(instr ssa.Instruction) {
		if step := b.step(instr, made); !step.empty() {
			made.Steps = append(made.Steps, step)
		}
	})
	made.addAsyncRuns()
	return made
}

// addAsyncRuns adds what the goroutines call that the function was given, if
// they may go on when it has returned. What it also calls itself is left out:
// which of the two happens is for an argument to say.
func (f *Footprint) addAsyncRuns() {
	for _, step := range f.Steps {
		for _, spawn := range step.Spawns {
			if len(spawn.runs) == 0 || !unjoined(f, spawn) {
				continue
			}
			for _, run := range spawn.runs {
				f.addRun(run, Held{})
			}
		}
	}
	synchronous := make(map[*ssa.Parameter]bool)
	for _, run := range f.Runs {
		if !run.Async {
			synchronous[run.Param] = true
		}
	}
	f.Runs = slices.DeleteFunc(f.Runs, func(run Run) bool { return run.Async && synchronous[run.Param] })
}

func (s *Step) empty() bool {
	return len(s.Spawns)+len(s.Joins)+len(s.Signals)+len(s.Rooms) == 0 && !s.Unknown
}

// step looks at one instruction and at what it calls.
func (b *builder) step(instr ssa.Instruction, made *Footprint) Step {
	step := Step{Instr: instr, Joins: b.joinsOf(instr)}
	_, step.Deferred = instr.(*ssa.Defer)
	_, isGo := instr.(*ssa.Go)
	if !isGo {
		places, unknown := b.signalsOf(instr)
		step.Unknown = unknown
		for _, place := range places {
			step.Signals = append(step.Signals, Signal{place, instr, step.Deferred})
		}
		for _, place := range b.givesRoom(instr) {
			step.Rooms = append(step.Rooms, Signal{place, instr, step.Deferred})
		}
	}
	if call, ok := instr.(ssa.CallInstruction); ok {
		for _, inv := range b.invocations(call) {
			b.include(&step, made, call, inv)
		}
	}
	return step
}

// include adds what one function does that a call invokes.
func (b *builder) include(step *Step, made *Footprint, call ssa.CallInstruction, inv invocation) {
	switch {
	case inv.run.Param != nil:
		made.addRun(inv.run, b.locks.flow(made.Fn).at(call))
	case inv.run.Async:
		step.Spawns = append(step.Spawns, b.spawn(call, inv))
	default:
		b.includeCallee(step, made, call, inv)
	}
}

// addRun adds a call of a function value that is made under the given locks.
func (f *Footprint) addRun(run Run, held Held) {
	if !run.Async {
		run.Held = run.Held.Under(held)
	}
	if len(f.Runs) < maxKept {
		f.Runs = append(f.Runs, run)
	}
}

// includeCallee adds the footprint of a function that the call runs before
// it returns.
func (b *builder) includeCallee(step *Step, made *Footprint, call ssa.CallInstruction, inv invocation) {
	callee := b.footprint(inv.fn)
	for _, inner := range callee.Steps {
		for _, spawn := range inner.Spawns {
			if len(step.Spawns) < maxKept && len(spawn.via) < maxLift && unjoined(callee, spawn) {
				step.Spawns = append(step.Spawns, b.lift(spawn, call, inv))
			}
		}
		for _, join := range inner.Joins {
			if join.Place != nil {
				join.Place = b.places.substitute(join.Place, inv.fn, inv.args)
			}
			step.addJoin(Join{Place: join.Place})
		}
		for _, signal := range inner.Signals {
			step.Signals = addSignal(step.Signals, Signal{b.places.substitute(signal.Place, inv.fn, inv.args), step.Instr, step.Deferred})
		}
		for _, signal := range inner.Rooms {
			step.Rooms = addSignal(step.Rooms, Signal{b.places.substitute(signal.Place, inv.fn, inv.args), step.Instr, step.Deferred})
		}
		step.Unknown = step.Unknown || inner.Unknown
	}
	for _, run := range callee.Runs {
		if run.Param.Parent() != inv.fn {
			run.Held = run.Held.translate(func(p *Place) *Place { return b.places.substitute(p, inv.fn, inv.args) })
			made.addRun(run, b.locks.flow(made.Fn).at(call)) // of a function around both
		}
	}
}

func (s *Step) addJoin(join Join) {
	if len(s.Joins) < maxKept && !slices.Contains(s.Joins, join) {
		s.Joins = append(s.Joins, join)
	}
}

func addSignal(list []Signal, signal Signal) []Signal {
	if len(list) < maxKept && !slices.Contains(list, signal) {
		list = append(list, signal)
	}
	return list
}

// lift returns a goroutine that a callee starts as one that the call starts.
func (b *builder) lift(spawn *Spawn, call ssa.CallInstruction, inv invocation) *Spawn {
	lifted := *spawn
	lifted.Instr, lifted.runs = call, nil
	lifted.Many = spawn.Many || inv.run.Many || inLoop(spawn.Instr)
	lifted.via = append([]stepDown{{call, inv.fn, inv.args}}, spawn.via...)
	lifted.Signals = make([]Signal, len(spawn.Signals))
	for i, signal := range spawn.Signals {
		signal.Place = b.places.substitute(signal.Place, inv.fn, inv.args)
		lifted.Signals[i] = signal
	}
	lifted.Awaits = make([]*Place, len(spawn.Awaits))
	for i, place := range spawn.Awaits {
		lifted.Awaits[i] = b.places.substitute(place, inv.fn, inv.args)
	}
	return &lifted
}

// spawn returns the goroutine that a call starts.
func (b *builder) spawn(call ssa.CallInstruction, inv invocation) *Spawn {
	s := &Spawn{Instr: call, Site: call, Body: inv.fn, Many: inv.run.Many, args: inv.args}
	s.base = s
	body := b.footprint(inv.fn)
	for _, step := range body.Steps {
		for _, signal := range slices.Concat(step.Signals, step.Rooms) {
			signal.Place = b.places.substitute(signal.Place, inv.fn, inv.args)
			s.Signals = append(s.Signals, signal)
		}
		for _, join := range step.Joins {
			s.Waits = true
			if join.Place != nil {
				s.Awaits = append(s.Awaits, b.places.substitute(join.Place, inv.fn, inv.args))
			}
		}
		for _, nested := range step.Spawns {
			s.Signals = append(s.Signals, b.lift(nested, call, inv).Signals...)
			s.Unknown = s.Unknown || nested.Unknown
		}
		s.Unknown = s.Unknown || step.Unknown
	}
	if group := b.groupOf(call); group != nil {
		s.Signals = append(s.Signals, Signal{Place: group, Deferred: true})
	}
	if fn := CalleeObject(call.Common()); fn != nil && isSubtest(fn) && parallelCall(inv.fn) != nil {
		s.Parallel = true
	}
	for _, run := range body.Runs {
		run.Async = true
		s.Unknown = true
		s.runs = append(s.runs, run)
	}
	return s
}

// inLoop reports whether the instruction can follow itself.
func inLoop(instr ssa.Instruction) bool { return reachableFrom(instr, nil).has(instr) }
