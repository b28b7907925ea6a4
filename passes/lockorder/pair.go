package lockorder

import (
	"fmt"
	"go/ast"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/report"
	"github.com/goconclint/goconclint/passes/internal/sharing"
	"github.com/goconclint/goconclint/passes/internal/summarize"
)

// A function that locks two values of one type in the order in which they
// come as arguments leaves the order to its callers:
//
//	func transfer(from, to *account) { from.mu.Lock(); to.mu.Lock(); … }
//
// transfer(a, b) beside transfer(b, a) is a deadlock. It isn't if anybody
// compares the two before, or if their roles differ for good, as those of
// parent and child. A method's receiver mostly has another role than its
// argument, hence low confidence, unless the method expects its caller to choose
// any two: the argument is called one of equals, or compared with the receiver.

// pair notes that a call takes the lock of one argument while that of
// another is held.
func (g *graph) pair(call *ssa.Call, held sharing.Held, lock sharing.Lock, taken summarize.Acquisition) {
	fn := call.Parent()
	first, ok := argument(fn, lock.Place)
	second, also := argument(fn, taken.Lock)
	if !ok || !also || first == second || len(taken.Guards) > 0 || lock.Shared && taken.Mode == summarize.Shared || rolesDiffer(first, second) {
		return
	}
	same, ok := g.evidence.Rebase(lock.Place, g.evidence.PlaceOf(first), g.evidence.PlaceOf(second))
	if !ok || same != taken.Lock || g.lets(call, taken, lock) || g.isOrdered(fn, first, second) || len(g.gates(fn, held, lock, taken)) > 0 {
		return
	}
	ofMethod := fn.Signature.Recv() != nil && (first == fn.Params[0] || second == fn.Params[0])
	sure := (!ofMethod || isPeer(first) || isPeer(second) || asksIfSame(fn, first, second)) && g.mayBeSwapped(fn, first, second)
	g.twins = append(g.twins, edge{held: lock, taken: taken, at: call, sure: sure})
}

// argument returns the parameter of the function from which a lock is reached.
func argument(fn *ssa.Function, lock *sharing.Place) (*ssa.Parameter, bool) {
	param, ok := lock.Base().(*ssa.Parameter)
	return param, ok && param.Parent() == fn
}

// roles are names of values of which one is always before the other.
var roles = []string{"parent", "child", "outer", "inner", "old", "new", "prev", "next", "root"}

// peers are names of an argument with which a method does what might as well
// be done the other way round.
var peers = []string{"other", "another", "peer", "to", "from", "dst", "dest", "src", "target"}

func isPeer(param *ssa.Parameter) bool {
	return slices.Contains(peers, strings.ToLower(param.Name()))
}

// asksIfSame reports whether the function compares the two pointers: it is
// called with any two, even one and the same.
func asksIfSame(fn *ssa.Function, first, second ssa.Value) bool {
	found := false
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		compared, ok := instr.(*ssa.BinOp)
		found = found || ok && (compared.X == first && compared.Y == second || compared.X == second && compared.Y == first)
	})
	return found
}

func rolesDiffer(first, second *ssa.Parameter) bool {
	return slices.ContainsFunc(roles, func(role string) bool {
		return strings.HasPrefix(strings.ToLower(first.Name()), role) || strings.HasPrefix(strings.ToLower(second.Name()), role)
	})
}

// isOrdered reports whether the function compares the two, or one that calls
// it compares or chooses what it passes.
func (g *graph) isOrdered(fn *ssa.Function, first, second *ssa.Parameter) bool {
	if g.compares(fn, g.evidence.PlaceOf(first), g.evidence.PlaceOf(second)) {
		return true
	}
	i, j := slices.Index(fn.Params, first), slices.Index(fn.Params, second)
	return slices.ContainsFunc(g.evidence.CallSites(fn), func(call ssa.CallInstruction) bool {
		args := call.Common().Args
		if i >= len(args) || j >= len(args) {
			return false
		}
		a, b := g.evidence.PlaceOf(args[i]), g.evidence.PlaceOf(args[j])
		_, chosen := a.Base().(*ssa.Phi)
		return chosen || g.compares(call.Parent(), a, b)
	})
}

// mayBeSwapped reports whether the two come in either order: two calls pass
// what comes from the same sources in both, or one passes two that come from
// one source. Of an exported function not all calls are known, unless it is a
// method of a type that others can't name.
func (g *graph) mayBeSwapped(fn *ssa.Function, first, second *ssa.Parameter) bool {
	i, j := slices.Index(fn.Params, first), slices.Index(fn.Params, second)
	sites := g.evidence.CallSites(fn)
	if recv := fn.Signature.Recv(); recv != nil && len(sites) == 0 && ast.IsExported(fn.Name()) && !model.ReceiverNamed(recv.Type()).Obj().Exported() {
		return false // nobody calls it
	}
	if ast.IsExported(fn.Name()) || len(sites) == 0 {
		return true
	}
	seen := make(map[[2]any]bool)
	for _, site := range sites {
		args := site.Common().Args
		if i >= len(args) || j >= len(args) {
			return true
		}
		a, b := g.sourceOf(args[i]), g.sourceOf(args[j])
		if a == b || seen[[2]any{b, a}] {
			return true
		}
		seen[[2]any{a, b}] = true
	}
	return false
}

// sourceOf tells apart where values come from: a field or collection, a
// function that returns them, a parameter.
func (g *graph) sourceOf(v ssa.Value) any {
	place := g.evidence.PlaceOf(v)
	if place.Parent != nil {
		return place.Class()
	}
	switch root := place.Root.(type) {
	case *ssa.Parameter:
		return "parameter"
	case *ssa.Call:
		return sharing.CalleeObject(&root.Call)
	case *ssa.Extract:
		if call, ok := root.Tuple.(*ssa.Call); ok {
			return sharing.CalleeObject(&call.Call)
		}
	}
	return place.Root
}

// compares reports whether the function asks which of two values, or parts of
// them, is less, or has another function tell.
func (g *graph) compares(fn *ssa.Function, a, b *sharing.Place) bool {
	found := false
	both := func(x, y ssa.Value) bool {
		of, with := g.evidence.PlaceOf(x), g.evidence.PlaceOf(y)
		return of.Within(a) && with.Within(b) || of.Within(b) && with.Within(a)
	}
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		switch instr := instr.(type) {
		case *ssa.BinOp:
			switch instr.Op {
			case token.LSS, token.LEQ, token.GTR, token.GEQ:
				found = found || both(instr.X, instr.Y)
			}
		case *ssa.Call:
			if args := instr.Call.Args; len(args) == 2 && decides(&instr.Call) {
				found = found || both(args[0], args[1])
			}
		}
	})
	return found
}

// decides reports whether a call returns nothing but a truth or a number.
func decides(call *ssa.CallCommon) bool {
	results := call.Signature().Results()
	return results.Len() == 1 && !sharing.IsReference(results.At(0).Type())
}

// pairFindings words the locks of two arguments.
func (g *graph) pairFindings() []report.Finding {
	var list []report.Finding
	for _, e := range g.twins {
		list = append(list, report.Finding{
			Low:   !e.sure,
			Range: report.CallRange(g.evidence, e.at),
			Message: fmt.Sprintf("%s while %s is held: a goroutine that calls %s with the two swapped deadlocks with this one",
				g.taking(e), e.held.Place, e.at.Parent().Name()),
			Subject: e.at.Parent(),
			Related: g.steps(e),
		})
	}
	return list
}
