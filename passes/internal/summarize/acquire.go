package summarize

import (
	"go/types"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// A Mode is how a lock is taken.
type Mode int

// The modes.
const (
	Exclusive Mode = iota
	Shared
	Once // by sync.Once: held while its function runs
)

// An Acquisition is a lock that a function takes on some path, itself or by
// a call, with nothing of it released before.
type Acquisition struct {
	Lock   *sharing.Place // in the places of the function
	Mode   Mode
	Calls  []ssa.CallInstruction // from the function down; the last one takes the lock
	Guards []Guard               // on which it depends, in the places of the function
	Via    string                // what the last of the calls calls, if that is a function of another package: "(*T).Len"
	Inner  bool                  // of an object that only a callee knows: the place means nothing to others, its class does
	Choice bool                  // one of several methods takes it that a call may run
}

// path names the functions between the first call and the lock, "" if the
// first call takes it.
func (a Acquisition) path() string {
	var names []string
	for _, call := range a.Calls[:len(a.Calls)-1] {
		if fn := sharing.CalleeObject(call.Common()); fn != nil {
			names = append(names, nameOf(fn))
		}
	}
	if a.Via != "" {
		names = append(names, a.Via)
	}
	return strings.Join(names, ",")
}

// Chain says what the last of the calls does, if it calls a function of
// another package: "calls (*T).Len, which calls (*list).len, which".
func (a Acquisition) Chain() string {
	return "calls " + strings.ReplaceAll(a.Via, ",", ", which calls ") + ", which"
}

// maxCalls bounds the chain of calls down to a lock, maxKept the locks of one
// function: what is beyond is forgotten, which can only hide a finding.
const (
	maxCalls = 8
	maxKept  = 60
	maxInner = 20
)

// Acquisitions computes what functions take, callees first. A function that
// is being computed (recursion) takes nothing.
type Acquisitions struct {
	evidence   *sharing.Evidence
	known      map[*ssa.Function][]Acquisition
	registered map[*types.Var][]callback   // see callbacks
	stores     map[*types.Var][]*ssa.Store // see storesOf
}

// NewAcquisitions prepares the acquisitions of a package's functions.
func NewAcquisitions(evidence *sharing.Evidence) *Acquisitions {
	return &Acquisitions{evidence: evidence, known: make(map[*ssa.Function][]Acquisition)}
}

// Of lists the acquisitions of a function, the shortest chain to each lock.
func (a *Acquisitions) Of(fn *ssa.Function) []Acquisition {
	if known, ok := a.known[fn]; ok {
		return known
	}
	a.known[fn] = nil
	var list, inner []Acquisition
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		call, ok := instr.(ssa.CallInstruction)
		if !ok || len(list) >= maxKept {
			return
		}
		if _, isGo := instr.(*ssa.Go); isGo {
			return
		}
		for _, got := range a.Any(call) {
			switch {
			case got.Inner && len(inner) < maxInner:
				inner = addShortest(inner, got)
			case !got.Inner && a.unreleased(call, got.Lock):
				list = addShortest(list, got)
			}
		}
	})
	list = append(list, inner...)
	a.known[fn] = list
	return list
}

// unreleased reports whether a path leads to the call on which the function
// has neither released the lock for its caller nor taken it itself. The path
// agrees with the conditions of the call.
func (a *Acquisitions) unreleased(call ssa.CallInstruction, lock *sharing.Place) bool {
	way := Search{Sides: SidesUnder(a.evidence, GuardsOf(a.evidence, call)), Ends: func(instr ssa.Instruction) bool {
		before, ok := instr.(*ssa.Call)
		if !ok {
			return false
		}
		own, op := a.evidence.LockOperation(&before.Call)
		effect := a.evidence.CallEffect(&before.Call)
		return op != model.NoLockOp && own.Place == lock || slices.Contains(effect.Releases, lock)
	}}
	return way.LeadsFromStart(call)
}

func addShortest(list []Acquisition, got Acquisition) []Acquisition {
	i := slices.IndexFunc(list, func(have Acquisition) bool {
		return have.Lock == got.Lock && have.Mode == got.Mode && slices.Equal(have.Guards, got.Guards)
	})
	switch {
	case i < 0:
		return append(list, got)
	case len(got.Calls) < len(list[i].Calls):
		list[i] = got
	}
	return list
}

// At lists what a call takes, in the places and with the conditions of the
// function that makes it.
func (a *Acquisitions) At(call ssa.CallInstruction) []Acquisition {
	return slices.DeleteFunc(a.Any(call), func(got Acquisition) bool { return got.Inner })
}

// Any is At with the locks of objects that only a callee knows.
func (a *Acquisitions) Any(call ssa.CallInstruction) []Acquisition {
	var list []Acquisition
	own := GuardsOf(a.evidence, call)
	if lock, mode, ok := operation(a.evidence, call); ok {
		list = append(list, Acquisition{Lock: lock, Mode: mode, Calls: []ssa.CallInstruction{call}, Guards: own})
	}
	for _, inv := range a.evidence.Invocations(call) {
		if inv.Once && !IsOnceDo(call) {
			continue // sync.OnceFunc returns a function that will run it
		}
		for _, inner := range a.Of(inv.Fn) {
			of := inner.Inner || OfCallee(inner.Lock, inv.Fn)
			lock := inner.Lock
			if !of {
				lock = a.home(a.evidence.Outside(inv, inner.Lock), onlyType(inv))
			}
			guards, possible := Outside(a.evidence, inner.Guards, inv)
			if !possible || Contradict(own, guards) || len(inner.Calls) >= maxCalls || holds(inv.Held, lock) {
				continue
			}
			calls := append([]ssa.CallInstruction{call}, inner.Calls...)
			list = append(list, Acquisition{lock, inner.Mode, calls, append(slices.Clip(own), guards...), inner.Via, of, inner.Choice || inv.Choice})
		}
	}
	list = append(list, a.ofCallbacks(call, own)...)
	list = append(list, a.ofHooks(call, own)...)
	list = append(list, a.ofParts(call, own)...)
	return append(list, a.imported(call, own)...)
}

// imported lists what a callee of another package takes.
func (a *Acquisitions) imported(call ssa.CallInstruction, own []Guard) []Acquisition {
	var list []Acquisition
	for _, known := range a.evidence.AcquiredBy(call.Common()) {
		mode := Exclusive
		if known.Lock.Shared {
			mode = Shared
		}
		via := nameOf(sharing.CalleeObject(call.Common()))
		if known.Via != "" {
			via += "," + known.Via
		}
		list = append(list, Acquisition{known.Lock.Place, mode, []ssa.CallInstruction{call}, own, via, false, false})
	}
	return list
}

// nameOf returns a function as a reader knows it: "Len", "(*list).Len".
func nameOf(fn *types.Func) string {
	recv := fn.Signature().Recv()
	if recv == nil {
		return fn.Name()
	}
	named := model.ReceiverNamed(recv.Type())
	switch {
	case named == nil:
		return fn.Name()
	case named != types.Unalias(recv.Type()):
		return "(*" + named.Obj().Name() + ")." + fn.Name()
	}
	return named.Obj().Name() + "." + fn.Name()
}

// OfCallee reports whether the lock is reached from a value that the callee
// computes: its caller can't know it, not even by recursion.
func OfCallee(lock *sharing.Place, callee *ssa.Function) bool {
	base := lock.Base()
	_, isParam := base.(*ssa.Parameter)
	return base.Parent() == callee && !isParam
}

// onlyType returns the receiver's type of a method, if it is the only one that
// the call may run.
func onlyType(inv sharing.Invocation) *types.Named {
	if recv := inv.Fn.Signature.Recv(); recv != nil && !inv.Choice {
		return model.ReceiverNamed(recv.Type())
	}
	return nil
}

func holds(held sharing.Held, lock *sharing.Place) bool {
	return slices.ContainsFunc(held.Must, func(l sharing.Lock) bool { return l.Place == lock })
}

// operation returns the lock that a call takes by itself. Only methods of
// package sync and of types that are called a mutex count: other locks may
// know their owner.
func operation(evidence *sharing.Evidence, call ssa.CallInstruction) (*sharing.Place, Mode, bool) {
	common := call.Common()
	fn := sharing.CalleeObject(common)
	if fn == nil {
		return nil, 0, false
	}
	if IsOnceDo(call) {
		return evidence.PlaceOf(common.Args[0]), Once, true
	}
	lock, op := evidence.LockOperation(common)
	if op != model.Acquire && op != model.AcquireShared || fn.Signature().Results().Len() > 0 {
		return nil, 0, false
	}
	if callee, _ := evidence.Callee(common); callee != nil || !isMutex(fn.Signature().Recv().Type().String(), fn.Pkg().Path()) {
		return nil, 0, false
	}
	if op == model.AcquireShared {
		return lock.Place, Shared, true
	}
	return lock.Place, Exclusive, true
}

// IsOnceDo reports whether the call is of the Do of a sync.Once.
func IsOnceDo(call ssa.CallInstruction) bool {
	return model.Key(sharing.CalleeObject(call.Common())) == "(sync.Once).Do"
}

// isMutex leaves out sync.Locker, which may be the read side of a lock.
func isMutex(typeName, path string) bool {
	return path == "sync" && typeName != "sync.Locker" || strings.Contains(typeName, "Mutex")
}
