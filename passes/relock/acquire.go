package relock

import (
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A mode is how a lock is taken.
type mode int

const (
	exclusive mode = iota
	shared
	once // by sync.Once: held while its function runs
)

// An acquisition is a lock that a function takes on some path, itself or by
// a call, with nothing of it released before.
type acquisition struct {
	lock   *sharing.Place // in the places of the function
	mode   mode
	calls  []ssa.CallInstruction // from the function down; the last one takes the lock
	guards []guard               // on which it depends, in the places of the function
}

// maxCalls bounds the chain of calls down to a lock, maxKept the locks of one
// function: what is beyond is forgotten, which can only hide a finding.
const (
	maxCalls = 8
	maxKept  = 60
)

// acquisitions computes what functions take, callees first. A function that
// is being computed (recursion) takes nothing.
type acquisitions struct {
	evidence *sharing.Evidence
	known    map[*ssa.Function][]acquisition
}

// of lists the acquisitions of a function, the shortest chain to each lock.
func (a *acquisitions) of(fn *ssa.Function) []acquisition {
	if known, ok := a.known[fn]; ok {
		return known
	}
	a.known[fn] = nil
	var list []acquisition
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok || len(list) >= maxKept {
			return
		}
		if _, isGo := instr.(*ssa.Go); isGo {
			return
		}
		for _, got := range a.at(call) {
			if a.unreleased(call, got.lock) {
				list = addShortest(list, got)
			}
		}
	})
	a.known[fn] = list
	return list
}

// unreleased reports whether a path leads to the call on which the function
// has neither released the lock for its caller nor taken it itself.
func (a *acquisitions) unreleased(call ssa.CallInstruction, lock *sharing.Place) bool {
	way := search{ends: func(instr ssa.Instruction) bool {
		before, ok := instr.(*ssa.Call)
		if !ok {
			return false
		}
		own, op := a.evidence.LockOperation(&before.Call)
		effect := a.evidence.CallEffect(&before.Call)
		return op != model.NoLockOp && own.Place == lock || slices.Contains(effect.Releases, lock)
	}}
	return way.leadsFromStart(call)
}

func addShortest(list []acquisition, got acquisition) []acquisition {
	i := slices.IndexFunc(list, func(have acquisition) bool {
		return have.lock == got.lock && have.mode == got.mode && slices.Equal(have.guards, got.guards)
	})
	switch {
	case i < 0:
		return append(list, got)
	case len(got.calls) < len(list[i].calls):
		list[i] = got
	}
	return list
}

// at lists what a call takes, in the places and with the conditions of the
// function that makes it.
func (a *acquisitions) at(call ssa.CallInstruction) []acquisition {
	var list []acquisition
	own := guardsOf(a.evidence, call)
	if lock, mode, ok := operation(a.evidence, call); ok {
		list = append(list, acquisition{lock, mode, []ssa.CallInstruction{call}, own})
	}
	for _, inv := range a.evidence.Invocations(call) {
		if inv.Once && !isOnceDo(call) {
			continue // sync.OnceFunc returns a function that will run it
		}
		for _, inner := range a.of(inv.Fn) {
			if ofCallee(inner.lock, inv.Fn) {
				continue
			}
			lock := a.evidence.Outside(inv, inner.lock)
			guards, possible := outside(a.evidence, inner.guards, inv)
			if !possible || contradict(own, guards) || len(inner.calls) >= maxCalls || holds(inv.Held, lock) {
				continue
			}
			calls := append([]ssa.CallInstruction{call}, inner.calls...)
			list = append(list, acquisition{lock, inner.mode, calls, append(slices.Clip(own), guards...)})
		}
	}
	return list
}

// ofCallee reports whether the lock is reached from a value that the callee
// computes: its caller can't know it, not even by recursion.
func ofCallee(lock *sharing.Place, callee *ssa.Function) bool {
	base := lock.Base()
	_, isParam := base.(*ssa.Parameter)
	return base.Parent() == callee && !isParam
}

func holds(held sharing.Held, lock *sharing.Place) bool {
	return slices.ContainsFunc(held.Must, func(l sharing.Lock) bool { return l.Place == lock })
}

// operation returns the lock that a call takes by itself. Only methods of
// package sync and of types that are called a mutex count: other locks may
// know their owner.
func operation(evidence *sharing.Evidence, call ssa.CallInstruction) (*sharing.Place, mode, bool) {
	common := call.Common()
	fn := sharing.CalleeObject(common)
	if fn == nil {
		return nil, 0, false
	}
	if isOnceDo(call) {
		return evidence.PlaceOf(common.Args[0]), once, true
	}
	lock, op := evidence.LockOperation(common)
	if op != model.Acquire && op != model.AcquireShared || fn.Signature().Results().Len() > 0 {
		return nil, 0, false
	}
	if callee, _ := evidence.Callee(common); callee != nil || !isMutex(fn.Signature().Recv().Type().String(), fn.Pkg().Path()) {
		return nil, 0, false
	}
	if op == model.AcquireShared {
		return lock.Place, shared, true
	}
	return lock.Place, exclusive, true
}

func isOnceDo(call ssa.CallInstruction) bool {
	return model.Key(sharing.CalleeObject(call.Common())) == "(sync.Once).Do"
}

// isMutex leaves out sync.Locker, which may be the read side of a lock.
func isMutex(typeName, path string) bool {
	return path == "sync" && typeName != "sync.Locker" || strings.Contains(typeName, "Mutex")
}
