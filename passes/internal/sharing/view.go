package sharing

import (
	"slices"

	"golang.org/x/tools/go/ssa"
)

// A view is a callee's footprint in the places of one of its callers.
type view struct {
	b      *builder
	call   ssa.CallInstruction
	callee *ssa.Function
	args   []ssa.Value
	run    Run
}

func (v *view) place(p *Place) *Place { return v.b.places.substitute(p, v.callee, v.args) }

func (v *view) held(h Held) Held { return h.translate(v.place).Under(v.run.Held) }

// include adds one step of the callee to the caller's step that calls it.
func (v *view) include(step *Step, inner Step) {
	for _, effect := range inner.Effects {
		if len(step.Effects) < maxEffects {
			if seen, ok := v.effect(effect); ok {
				step.Effects = append(step.Effects, seen)
			}
		}
	}
	for _, spawn := range inner.Spawns {
		if unjoined(v.b.footprint(v.callee), spawn) {
			step.Spawns = append(step.Spawns, v.lift(spawn))
		}
	}
	for _, join := range inner.Joins {
		if join.Place != nil {
			join.Place = v.place(join.Place)
		}
		step.Joins = append(step.Joins, Join{Place: join.Place})
	}
	for _, signal := range inner.Signals {
		step.Signals = append(step.Signals, Signal{v.place(signal.Place), step.Instr, step.Deferred})
	}
	step.Unknown = step.Unknown || inner.Unknown
	for _, run := range inner.Runs {
		v.resolve(step, run, inner.Instr)
	}
}

// effect returns an effect of the callee as the caller sees it, unless it
// concerns only the callee.
func (v *view) effect(e Effect) (Effect, bool) {
	if len(e.Calls) >= maxDepth || e.Use == Returned || v.b.owners.owns(v.callee, e.At) {
		return Effect{}, false
	}
	e.At = v.place(e.At)
	e.Held, e.LoadHeld = v.held(e.Held), v.held(e.LoadHeld)
	e.Calls = append([]ssa.CallInstruction{v.call}, e.Calls...)
	e.Once = e.Once || v.run.Once
	return e, true
}

// lift returns a goroutine that the callee starts as one that the call
// starts.
func (v *view) lift(spawn *Spawn) *Spawn {
	lifted := *spawn
	lifted.Instr = v.call
	lifted.Effects = nil
	lifted.Many = spawn.Many || v.run.Many || inLoop(spawn.Instr)
	for _, effect := range spawn.Effects {
		if !v.b.owners.owns(v.callee, effect.At) {
			effect.At = v.place(effect.At)
			effect.Held, effect.LoadHeld = effect.Held.translate(v.place), effect.LoadHeld.translate(v.place)
			lifted.Effects = append(lifted.Effects, effect)
		}
	}
	lifted.Signals = nil
	for _, signal := range spawn.Signals {
		lifted.Signals = append(lifted.Signals, Signal{v.place(signal.Place), signal.Instr, signal.Deferred})
	}
	lifted.Awaits = nil
	for _, place := range spawn.Awaits {
		lifted.Awaits = append(lifted.Awaits, v.place(place))
	}
	return &lifted
}

// resolve finds the function that the callee runs because the caller passed
// it.
func (v *view) resolve(step *Step, run Run, at ssa.Instruction) {
	run.Held = v.held(run.Held)
	run.Async = run.Async || v.run.Async
	run.Many = run.Many || v.run.Many || inLoop(at)
	run.Once = run.Once || v.run.Once
	for i, param := range v.callee.Params {
		if param == run.Param && i < len(v.args) {
			v.b.addFunction(step, v.call, v.args[i], nil, run)
			return
		}
	}
	step.Runs = append(step.Runs, run)
}

// spawn returns the goroutine that runs the callee, and what it runs there
// because the caller was given it.
func (v *view) spawn() (*Spawn, []Run) {
	var whole Step
	v.run.Held = Held{}
	inner := *v
	inner.run.Async = false
	for _, step := range v.b.footprint(v.callee).Steps {
		inner.include(&whole, step)
	}
	spawn := &Spawn{Instr: v.call, Site: v.call, Body: v.callee, Unknown: whole.Unknown, Many: v.run.Many}
	spawn.Effects = whole.Effects
	spawn.Signals = v.ownSignals()
	spawn.Waits = len(whole.Joins) > 0
	for _, join := range whole.Joins {
		if join.Place != nil {
			spawn.Awaits = append(spawn.Awaits, join.Place)
		}
	}
	for _, nested := range whole.Spawns {
		spawn.Effects = append(spawn.Effects, nested.Effects...)
		spawn.Signals = append(spawn.Signals, nested.Signals...)
		spawn.Unknown = spawn.Unknown || nested.Unknown
	}
	if group := v.b.waitGroupOf(v.call.Common()); group != nil {
		spawn.Signals = append(spawn.Signals, Signal{Place: group, Deferred: true})
	}
	for i := range whole.Runs {
		whole.Runs[i].Async = true
		spawn.Unknown = true
	}
	return spawn, whole.Runs
}

// ownSignals returns the goroutine's signals with the instructions of its
// body that give them.
func (v *view) ownSignals() []Signal {
	var list []Signal
	for _, step := range v.b.footprint(v.callee).Steps {
		for _, signal := range step.Signals {
			signal.Place = v.place(signal.Place)
			if !slices.Contains(list, signal) {
				list = append(list, signal)
			}
		}
	}
	return list
}

// inLoop reports whether the instruction's block can follow itself.
func inLoop(instr ssa.Instruction) bool {
	start := instr.Block()
	seen := make(map[*ssa.BasicBlock]bool)
	work := slices.Clone(start.Succs)
	for len(work) > 0 {
		block := work[len(work)-1]
		work = work[:len(work)-1]
		if block == start {
			return true
		}
		if !seen[block] {
			seen[block] = true
			work = append(work, block.Succs...)
		}
	}
	return false
}
