package sharing

import (
	"go/token"
	"go/types"
	"regexp"
	"slices"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
)

// A lockSummary is what a call of a function does to the locks of its
// caller, in the callee's own places.
type lockSummary struct {
	acquires   []Lock   // held at every return and not before
	mayAcquire []Lock   // held at some return
	releases   []*Place // the caller's, released on some path and not taken again
	unseen     bool     // returns inside a critical section that isn't followed
}

func (s lockSummary) empty() bool {
	return len(s.mayAcquire) == 0 && len(s.releases) == 0 && !s.unseen
}

// locks computes lock states, function by function, callees first. A
// function that is being computed (recursion) has the empty summary.
type locks struct {
	places   *places
	imports  Imports
	funcs    []*ssa.Function // of the package
	tokens   map[*ssa.Function]map[*Place]bool
	channels map[*types.Var][]ssa.Value // see channelsIn
	flows    map[*ssa.Function]*lockFlow
}

// flow returns the lock analysis of a function: a forward may-and-must
// analysis over the blocks of its control-flow graph, iterated to the fixed
// point. Most functions touch no lock and cost one look at their calls.
func (l *locks) flow(fn *ssa.Function) *lockFlow {
	if known, ok := l.flows[fn]; ok {
		return known
	}
	flow := &lockFlow{}
	l.flows[fn] = flow
	if !l.touchesLocks(fn) {
		return flow
	}
	entry := l.fixedPoint(fn)
	flow.before = make(map[ssa.Instruction]Held)
	for _, block := range fn.Blocks {
		if !entry[block.Index].reached {
			continue
		}
		state := entry[block.Index].Held
		for _, instr := range block.Instrs {
			flow.before[instr] = state
			if _, ok := instr.(*ssa.RunDefers); ok {
				flow.leave(state)
			}
			state = l.step(instr, state)
		}
	}
	flow.summary = l.summarize(fn, flow)
	return flow
}

// leave merges the state at one of the function's ends into that of all.
func (f *lockFlow) leave(state Held) {
	if f.exit != nil {
		state = f.exit.Merge(state)
	}
	f.exit = &state
}

func (l *locks) fixedPoint(fn *ssa.Function) []lockPoint {
	entry := make([]lockPoint, len(fn.Blocks))
	entry[0] = lockPoint{reached: true}
	work := []*ssa.BasicBlock{fn.Blocks[0]}
	for rounds := 0; len(work) > 0 && rounds < 50*len(fn.Blocks); rounds++ {
		block := work[0]
		work = work[1:]
		state := entry[block.Index].Held
		for _, instr := range block.Instrs {
			state = l.step(instr, state)
		}
		for i, succ := range block.Succs {
			joined := entry[succ.Index].merge(l.alongEdge(block, i, state))
			if !entry[succ.Index].reached || !joined.Equals(entry[succ.Index].Held) {
				entry[succ.Index] = joined
				work = append(work, succ)
			}
		}
	}
	return entry
}

// step is the transfer function of one instruction.
func (l *locks) step(instr ssa.Instruction, state Held) Held {
	switch instr := instr.(type) {
	case *ssa.Call:
		return l.call(instr.Common(), state)
	case *ssa.Send, *ssa.UnOp, *ssa.Select:
		state.Unseen = state.Unseen || l.takesToken(instr)
	}
	return state
}

// alongEdge knows that a lock tried in a condition is held where it held.
func (l *locks) alongEdge(block *ssa.BasicBlock, succ int, state Held) Held {
	branch, ok := block.Instrs[len(block.Instrs)-1].(*ssa.If)
	if !ok {
		return state
	}
	cond, wanted := branch.Cond, 0
	if not, ok := cond.(*ssa.UnOp); ok && not.Op == token.NOT {
		cond, wanted = not.X, 1
	}
	call, ok := cond.(*ssa.Call)
	if !ok {
		return state
	}
	lock, op := l.operation(call.Common())
	if op != model.TryAcquire && op != model.TryAcquireShared {
		return state
	}
	if succ == wanted {
		return state.lock(lock)
	}
	return state.unlock(lock.Place)
}

func (l *locks) call(call *ssa.CallCommon, state Held) Held {
	callee := origin(call.StaticCallee())
	if hasBody(callee) {
		if summary := l.flow(callee).summary; !summary.empty() {
			return l.apply(summary, callee, call.Args, state)
		}
	}
	if done := l.importedEffect(call); len(done.Takes)+len(done.MayTake)+len(done.Releases) > 0 {
		return l.applyImported(done, state)
	}
	switch lock, op := l.operation(call); op {
	case model.Acquire, model.AcquireShared:
		return state.lock(lock)
	case model.TryAcquire, model.TryAcquireShared:
		return state.mayLock(lock)
	case model.Release, model.ReleaseShared:
		return state.unlock(lock.Place)
	}
	fn := CalleeObject(call)
	if fn != nil && model.GuardsUnseen(fn) {
		state.Unseen = true
	}
	if model.Key(fn) == "(sync.Once).Do" {
		return l.once(call.Args[1], state)
	}
	return state
}

// once is the effect of running a function if it hasn't run before: what it
// releases is released afterwards, whenever that was.
func (l *locks) once(value ssa.Value, state Held) Held {
	closure, ok := l.places.of(value).Root.(*ssa.MakeClosure)
	if !ok {
		return state
	}
	fn := closure.Fn.(*ssa.Function)
	if fn.Synthetic != "" && fn.Parent() == nil { // a method value
		if obj, ok := fn.Object().(*types.Func); ok {
			switch model.LockOperation(obj) {
			case model.Release, model.ReleaseShared:
				return state.unlock(l.places.lockIn(l.places.of(closure.Bindings[0])))
			}
			fn = origin(fn.Prog.FuncValue(obj.Origin()))
		}
	}
	if !hasBody(fn) {
		return state
	}
	for _, place := range l.flow(fn).summary.releases {
		state = state.unlock(l.places.lockIn(l.places.substitute(place, fn, closure.Bindings)))
	}
	return state
}

// apply is the effect of a call of a function that takes or releases locks
// for its caller: s.lock(), s.unlock().
func (l *locks) apply(summary lockSummary, callee *ssa.Function, args []ssa.Value, state Held) Held {
	for _, place := range summary.releases {
		state = state.mayUnlock(l.places.lockIn(l.places.substitute(place, callee, args)))
	}
	for _, lock := range summary.mayAcquire {
		lock.Place = l.places.lockIn(l.places.substitute(lock.Place, callee, args))
		state = state.mayLock(lock)
	}
	for _, lock := range summary.acquires {
		lock.Place = l.places.lockIn(l.places.substitute(lock.Place, callee, args))
		state = state.lock(lock)
	}
	state.Unseen = state.Unseen || summary.unseen
	return state
}

// operation returns the lock that a call works on, and what it does.
func (l *locks) operation(call *ssa.CallCommon) (Lock, model.LockOp) {
	fn := CalleeObject(call)
	op := model.LockOperation(fn)
	if op == model.NoLockOp {
		return Lock{}, op
	}
	receiver := call.Value
	if !call.IsInvoke() {
		receiver = call.Args[0]
	}
	shared := op == model.AcquireShared || op == model.TryAcquireShared
	return Lock{l.places.lockIn(l.places.of(receiver)), shared}, op
}

// lockIn returns the embedded lock of an object that is locked as a whole, as
// when it is passed as a sync.Locker, or the place itself.
func (p *places) lockIn(place *Place) *Place {
	_, index, _ := types.LookupFieldOrMethod(place.valueType(), true, nil, "Lock")
	for t := place.valueType(); len(index) > 1; index = index[1:] {
		field := match.Field(t, index[0])
		if field == nil {
			return place
		}
		place, t = p.field(place, field), field.Type()
	}
	return place
}

// valueType returns the type of what is at the place.
func (p *Place) valueType() types.Type {
	switch {
	case p.Parent == nil:
		switch p.Root.(type) {
		case *ssa.Alloc, *ssa.Global:
			return p.Root.Type().Underlying().(*types.Pointer).Elem() // the variable, not its address
		}
		return p.Root.Type()
	case p.Field != nil:
		return p.Field.Type()
	}
	return types.Typ[types.Invalid]
}

// summarize looks at the state at each return and takes off what deferred
// calls release.
func (l *locks) summarize(fn *ssa.Function, flow *lockFlow) lockSummary {
	var end lockPoint
	for _, block := range fn.Blocks {
		if ret, ok := block.Instrs[len(block.Instrs)-1].(*ssa.Return); ok && block != fn.Recover {
			if state, reached := flow.before[ret]; reached {
				end = end.merge(state)
			}
		}
	}
	state := end.Held
	summary := lockSummary{}
	eachInstr(fn, func(instr ssa.Instruction) {
		if deferred, ok := instr.(*ssa.Defer); ok {
			if deferred.Call.StaticCallee() == nil && !deferred.Call.IsInvoke() {
				state.Must = nil // an unknown function, such as the unlock that was returned by a lock
			}
			state = l.call(&deferred.Call, state)
		}
	})
	state = state.bounded()
	callers := func(lock Lock) bool { return isCallers(lock.Place, fn) }
	// What was released and taken again is as it was.
	summary.acquires = filter(state.Must, func(lock Lock) bool { return callers(lock) && !slices.Contains(state.Released, lock.Place) })
	summary.mayAcquire = summary.acquires
	if entersSection.MatchString(fn.Name()) || fn.Parent() != nil {
		summary.mayAcquire = filter(state.May, func(lock Lock) bool { return callers(lock) && !slices.Contains(state.Released, lock.Place) })
	}
	for _, place := range state.Released {
		if isCallers(place, fn) && indexOf(state.Must, place) < 0 {
			summary.releases = append(summary.releases, place)
		}
	}
	own := slices.ContainsFunc(state.Must, func(lock Lock) bool { return !callers(lock) }) // of one of two parameters, or of a result
	summary.unseen = (state.Unseen || own) && entersSection.MatchString(fn.Name())
	return summary
}

// entersSection finds functions that are there to begin a critical section.
// Others that use a semaphore or a compare-and-swap have ended theirs when
// they return, and those that seem to return with a lock held on some paths
// released it under another name. Function literals have no name: one that
// locks under a condition is its function's own way to do so.
var entersSection = regexp.MustCompile(`(?i)lock|acquire|sema|enter|begin`)

// isCallers reports whether a caller of the function knows the lock: it isn't
// reached from a value of the function's own.
func isCallers(lock *Place, fn *ssa.Function) bool {
	switch base := lock.Base().(type) {
	case *ssa.Parameter, *ssa.Global, *ssa.FreeVar:
		return true
	default:
		return base.Parent() != fn
	}
}

// touchesLocks reports whether the function holds anything that changes the
// state.
func (l *locks) touchesLocks(fn *ssa.Function) bool {
	found := false
	eachInstr(fn, func(instr ssa.Instruction) {
		if found {
			return
		}
		switch instr := instr.(type) {
		case ssa.CallInstruction:
			if _, isGo := instr.(*ssa.Go); isGo {
				return
			}
			call := instr.Common()
			if callee := origin(call.StaticCallee()); hasBody(callee) && !l.flow(callee).summary.empty() {
				found = true
				return
			}
			fn := CalleeObject(call)
			found = fn != nil && (model.LockOperation(fn) != model.NoLockOp || model.GuardsUnseen(fn)) || l.imports.of(call) != nil
		case *ssa.Send, *ssa.UnOp, *ssa.Select:
			found = l.takesToken(instr)
		}
	})
	return found
}

func hasBody(fn *ssa.Function) bool { return fn != nil && len(fn.Blocks) > 0 }
