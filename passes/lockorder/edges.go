package lockorder

import (
	"go/types"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/match"
	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

// The lock graph (Havender, IBM Systems Journal 1968; Engler and Ashcraft,
// RacerX, SOSP 2003): its nodes are classes of locks, the same field of the
// same type in whichever value, and an edge says that somewhere one is taken
// while another is held. Opposite edges are a deadlock if two goroutines can
// be there at the same time with the same two values. That it is the same
// values isn't known, so classes only count as such when they differ: locks
// of one class are mostly taken in the order of the values.

// A class is what locks have in common that the source names alike: the
// fields on the path from the last pointer, or the variable.
type class struct {
	root   ssa.Value // nil behind a pointer
	fields [3]*types.Var
}

func classOf(lock *sharing.Place) class {
	var c class
	for i := 0; i < len(c.fields) && lock.Field != nil; i++ {
		c.fields[i] = lock.Field
		lock = lock.Parent
		if lock.Field == nil || sharing.IsReference(lock.Field.Type()) {
			break
		}
	}
	if root := lock.Root; lock.Parent == nil && (c.fields[0] == nil || !sharing.IsReference(root.Type())) {
		c.root = root
	}
	return c
}

// An edge is a call that takes a lock, itself or further down, while the
// function that makes it holds another.
type edge struct {
	held  sharing.Lock
	taken summarize.Acquisition
	at    ssa.CallInstruction
	gates map[class]bool // classes of what else is held, by the callers too
	sure  bool           // the call comes on every path, and the lock in what it calls
}

// A graph holds the edges by the classes of their locks.
type graph struct {
	pass         *analysis.Pass
	evidence     *sharing.Evidence
	acquisitions *summarize.Acquisitions
	edges        map[[2]class][]edge
	writers      map[class]bool // locks that somebody takes for writing
	pairs        [][2]class     // in the order of the source
	twins        []edge         // of one class, see pair
}

func newGraph(pass *analysis.Pass, evidence *sharing.Evidence) *graph {
	g := &graph{pass: pass, evidence: evidence, acquisitions: summarize.NewAcquisitions(evidence), edges: make(map[[2]class][]edge), writers: make(map[class]bool)}
	for _, fn := range evidence.Functions() {
		if match.InTestFile(pass.Fset, fn.Pos()) || isInit(fn) {
			continue // tests make their deadlocks on purpose; one goroutine initialises
		}
		sharing.Instructions(fn, func(instr ssa.Instruction) {
			if call, ok := instr.(*ssa.Call); ok {
				g.call(call)
				g.callbacks(call)
			}
		})
	}
	return g
}

func isInit(fn *ssa.Function) bool {
	return fn.Signature.Recv() == nil && fn.Parent() == nil && strings.HasPrefix(fn.Name(), "init") && fn.Object() == nil
}

// call adds the edges of one call. What is held is a must, on every path to
// the call; what is taken is a may.
func (g *graph) call(call *ssa.Call) {
	if lock, op := g.evidence.LockOperation(&call.Call); op == model.Acquire {
		g.writers[classOf(lock.Place)] = true
	}
	held := g.evidence.HeldAt(call)
	if len(held.Must) == 0 || held.Unseen {
		return
	}
	for _, taken := range g.acquisitions.Any(call) {
		g.takes(call, held, taken)
	}
}

// callbacks adds the edges of the functions that a call passes on, or that the
// callee finds in a field, and that run with a lock of the callee's held.
func (g *graph) callbacks(call *ssa.Call) {
	for _, hooked := range g.acquisitions.Hooked(call) {
		g.takes(call, hooked.Held, hooked.Acquisition)
	}
	for _, inv := range g.evidence.Invocations(call) {
		if len(inv.Held.Must) == 0 || inv.Held.Unseen {
			continue
		}
		for _, inner := range g.acquisitions.Of(inv.Fn) {
			if inner.Inner || summarize.OfCallee(inner.Lock, inv.Fn) {
				continue
			}
			inner.Lock = g.evidence.Outside(inv, inner.Lock)
			inner.Calls = append([]ssa.CallInstruction{call}, inner.Calls...)
			g.takes(call, inv.Held, inner)
		}
	}
}

// takes adds the edges from what is held at a call to a lock that is taken.
func (g *graph) takes(call *ssa.Call, held sharing.Held, taken summarize.Acquisition) {
	fn := call.Parent()
	if taken.Mode == summarize.Once || g.owns(fn, taken) {
		return
	}
	for _, lock := range held.Must {
		if classOf(lock.Place) == classOf(taken.Lock) {
			g.pair(call, held, lock, taken)
			continue
		}
		if g.evidence.Owns(fn, lock.Place) || g.lets(call, taken, lock) || !isShared(lock.Place) || !isShared(taken.Lock) {
			continue
		}
		g.add(edge{lock, taken, call, g.gates(fn, held, lock, taken), g.isSure(call, lock, taken)})
	}
}

// owns reports whether nobody else knows the object whose lock is taken.
func (g *graph) owns(fn *ssa.Function, taken summarize.Acquisition) bool {
	if taken.Inner {
		fn = taken.Lock.Base().Parent()
	}
	return g.evidence.Owns(fn, taken.Lock)
}

// isShared leaves out locks of a variable of the function.
func isShared(lock *sharing.Place) bool {
	_, local := classOf(lock).root.(*ssa.Alloc)
	return !local
}

// lets reports whether a function on the way to the other lock may give the
// held one back first.
func (g *graph) lets(call *ssa.Call, taken summarize.Acquisition, lock sharing.Lock) bool {
	for _, released := range g.evidence.CallEffect(&call.Call).Releases {
		if released == lock.Place {
			return true
		}
	}
	for _, deeper := range taken.Calls[1:] {
		for _, released := range g.evidence.ReleasedBy(deeper.Parent()) {
			if classOf(released) == classOf(lock.Place) {
				return true
			}
		}
	}
	return false
}

// gates returns the classes of the locks that are held beside the two, by
// the function or by any that calls it: goroutines that need a gate lock
// for either order exclude one another.
func (g *graph) gates(fn *ssa.Function, held sharing.Held, lock sharing.Lock, taken summarize.Acquisition) map[class]bool {
	gates := make(map[class]bool)
	add := func(locks []sharing.Lock) {
		for _, other := range locks {
			if c := classOf(other.Place); c != classOf(lock.Place) && c != classOf(taken.Lock) {
				gates[c] = true
			}
		}
	}
	add(held.May)
	for _, above := range g.evidence.HeldAround(fn) {
		add(above.May)
	}
	return gates
}

func (g *graph) add(e edge) {
	pair := [2]class{classOf(e.held.Place), classOf(e.taken.Lock)}
	if g.edges[pair] == nil {
		g.pairs = append(g.pairs, pair)
	}
	g.edges[pair] = append(g.edges[pair], e)
}
