package missingunlock

import (
	"fmt"
	"go/constant"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"

	"github.com/goconclint/goconclint/passes/internal/model"
	"github.com/goconclint/goconclint/passes/internal/sharing"
)

// conditions knows the branches of a function: which conditions are tested
// more than once, and which variables they test.
//
// Two conditions are equal when they are written alike over equal places:
// `s.shared`, `err != nil`, `len(q) == 0`, `q.empty()`. That values change in
// between is ignored but for assignments in the function itself, so that
// fewer paths are walked than there are. One exception keeps the tests that
// are there because values change, as behind a lock:
//
//	if c.ready { return }
//	c.mu.Lock()
//	if c.ready { return }
//
// The second test is reached from one side of the first alone; nobody tests
// again what he knows, so the value must be meant to have changed. In
//
//	if shared { mu.Lock() }
//	…
//	if shared { mu.Unlock() }
//
// both sides lead to the second test.
type conditions struct {
	evidence *sharing.Evidence
	tests    map[string]int     // how many branches test a condition
	tracked  map[ssa.Value]bool // phis and variables that conditions depend on
	feeding  map[ssa.Value]bool // values that come into them
}

func newConditions(evidence *sharing.Evidence, fn *ssa.Function) *conditions {
	c := &conditions{
		evidence: evidence,
		tests:    make(map[string]int),
		tracked:  make(map[ssa.Value]bool),
		feeding:  make(map[ssa.Value]bool),
	}
	sharing.Instructions(fn, func(instr ssa.Instruction) {
		if branch, ok := instr.(*ssa.If); ok {
			c.track(branch.Cond)
			c.tests[c.normal(knowledge{}, branch.Cond).key]++
		}
	})
	return c
}

// track finds the phis and variables on which a condition depends.
func (c *conditions) track(v ssa.Value) {
	switch v := v.(type) {
	case *ssa.BinOp:
		c.track(v.X)
		c.track(v.Y)
	case *ssa.UnOp:
		if alloc, ok := v.X.(*ssa.Alloc); ok && v.Op == token.MUL {
			c.tracked[alloc] = true
		} else if v.Op == token.NOT {
			c.track(v.X)
		}
	case *ssa.Phi:
		if !c.tracked[v] {
			c.tracked[v] = true
			for _, edge := range v.Edges {
				c.feeding[edge] = true
				c.track(edge)
			}
		}
	}
}

// remembers reports whether the outcome of a condition can decide another.
func (c *conditions) remembers(cond ssa.Value, key string) bool {
	if c.tests[key] > 1 || c.feeding[cond] || c.tracked[cond] {
		return true
	}
	switch v := cond.(type) {
	case *ssa.BinOp:
		return c.remembers(v.X, "") || c.remembers(v.Y, "")
	case *ssa.UnOp:
		return c.tracked[v.X] || c.remembers(v.X, "")
	}
	return false
}

// A knowledge is what a path knows about conditions. It is never changed in
// place.
type knowledge struct {
	facts  []fact
	values []binding
}

// A fact is the outcome of a condition.
type fact struct {
	key     string
	holds   bool
	cond    ssa.Value
	outcome *ssa.BasicBlock // to which it led
}

// A binding is the value of a phi or variable.
type binding struct{ variable, value ssa.Value }

func (k knowledge) write(b *strings.Builder) {
	for _, f := range k.facts {
		fmt.Fprintf(b, "|%s %t %p", f.key, f.holds, f.outcome)
	}
	for _, v := range k.values {
		fmt.Fprintf(b, "|%p %p", v.variable, v.value)
	}
}

// choose adds the outcome of a branch, and reports false if it contradicts
// what is known.
func (k knowledge) choose(c *conditions, branch *ssa.If, outcome bool) (knowledge, bool) {
	n := c.normal(k, branch.Cond)
	holds := outcome != n.negated
	if n.decided != nil {
		return k, *n.decided == outcome
	}
	i := slices.IndexFunc(k.facts, func(f fact) bool { return f.key == n.key })
	if i >= 0 && !k.facts[i].outdated(branch) {
		return k, k.facts[i].holds == holds
	}
	if !c.remembers(branch.Cond, n.key) {
		return k, true
	}
	taken := branch.Block().Succs[1]
	if outcome {
		taken = branch.Block().Succs[0]
	}
	facts := slices.Clone(k.facts)
	if i >= 0 {
		facts = slices.Delete(facts, i, i+1)
	}
	return knowledge{append(facts, fact{n.key, holds, branch.Cond, taken}), k.values}, true
}

// outdated reports whether a branch tests the condition once more although
// only one of its outcomes leads there.
func (f fact) outdated(branch *ssa.If) bool {
	return f.cond != branch.Cond && len(f.outcome.Preds) == 1 && f.outcome.Dominates(branch.Block())
}

// enter binds the phis of a block that is entered from another, and forgets,
// when a loop turns, what was found out inside it.
func (k knowledge) enter(c *conditions, from, to *ssa.BasicBlock) knowledge {
	next := k
	if to.Dominates(from) {
		next.facts = slices.DeleteFunc(slices.Clone(k.facts), func(f fact) bool { return definedIn(f.cond, to) || to.Dominates(f.outcome) && !fixed(f.cond) })
	}
	index := slices.Index(to.Preds, from)
	for _, instr := range to.Instrs {
		phi, ok := instr.(*ssa.Phi)
		if !ok {
			break
		}
		if c.tracked[phi] {
			next = next.bind(phi, k.resolve(phi.Edges[index]))
		}
	}
	return next
}

// fixed reports whether the value is the same wherever the function looks.
func fixed(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Parameter, *ssa.Const:
		return true
	case *ssa.BinOp:
		return fixed(v.X) && fixed(v.Y)
	case *ssa.UnOp:
		return v.Op == token.NOT && fixed(v.X)
	}
	return false
}

// definedIn reports whether the value is made inside the loop of the header.
func definedIn(v ssa.Value, header *ssa.BasicBlock) bool {
	instr, ok := v.(ssa.Instruction)
	return ok && !fixed(v) && header.Dominates(instr.Block())
}

func (k knowledge) bind(variable, value ssa.Value) knowledge {
	values := slices.DeleteFunc(slices.Clone(k.values), func(b binding) bool { return b.variable == variable })
	if value != variable {
		values = append(values, binding{variable, value})
	}
	return knowledge{k.facts, values}
}

// assign notes a store to a variable, and forgets what depended on it.
func (k knowledge) assign(c *conditions, store *ssa.Store) knowledge {
	place := fmt.Sprintf("{%p}", c.evidence.PlaceOf(store.Addr))
	next := k
	next.facts = slices.DeleteFunc(slices.Clone(k.facts), func(f fact) bool { return strings.Contains(f.key, place) })
	if alloc, ok := store.Addr.(*ssa.Alloc); ok && c.tracked[alloc] {
		next = next.bind(alloc, k.resolve(store.Val))
	}
	return next
}

// resolve returns the value that a phi or variable has on this path.
func (k knowledge) resolve(v ssa.Value) ssa.Value {
	variable := v
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		variable = load.X
	}
	for _, b := range k.values {
		if b.variable == variable {
			return b.value
		}
	}
	return v
}

// A normal is a condition in its normal form.
type normal struct {
	key     string
	negated bool
	decided *bool // the outcome, if it is known without a test
}

func (c *conditions) normal(k knowledge, v ssa.Value) normal {
	v = k.resolve(v)
	switch v := v.(type) {
	case *ssa.Const:
		if v.Value != nil && v.Value.Kind() == constant.Bool {
			outcome := constant.BoolVal(v.Value)
			return normal{decided: &outcome}
		}
	case *ssa.UnOp:
		if v.Op == token.NOT {
			return c.normal(k, v.X).not()
		}
	case *ssa.BinOp:
		return c.comparison(k, v)
	}
	return normal{key: c.operand(k, v, 0)}
}

func (n normal) not() normal {
	n.negated = !n.negated
	if n.decided != nil {
		outcome := !*n.decided
		n.decided = &outcome
	}
	return n
}

// comparison writes !=, >, <= and >= by == and <.
func (c *conditions) comparison(k knowledge, v *ssa.BinOp) normal {
	x, y := c.operand(k, v.X, 0), c.operand(k, v.Y, 0)
	switch v.Op {
	case token.EQL, token.NEQ:
		n := normal{key: x + "==" + y}
		if equal, known := equality(k.resolve(v.X), k.resolve(v.Y)); known {
			n.decided = &equal
		}
		if v.Op == token.NEQ {
			return n.not()
		}
		return n
	case token.LSS:
		return normal{key: x + "<" + y}
	case token.GEQ:
		return normal{key: x + "<" + y, negated: true}
	case token.GTR:
		return normal{key: y + "<" + x}
	case token.LEQ:
		return normal{key: y + "<" + x, negated: true}
	}
	return normal{key: x + v.Op.String() + y}
}

// equality decides comparisons of constants, and with nil.
func equality(x, y ssa.Value) (equal, known bool) {
	a, _ := x.(*ssa.Const)
	b, _ := y.(*ssa.Const)
	switch {
	case a != nil && b != nil && a.Value != nil && b.Value != nil:
		return constant.Compare(a.Value, token.EQL, b.Value), a.Value.Kind() == b.Value.Kind()
	case a != nil && b != nil:
		return a.Value == nil && b.Value == nil, true
	case b != nil && b.Value == nil:
		return false, neverNil(x)
	case a != nil && a.Value == nil:
		return false, neverNil(y)
	}
	return false, false
}

func neverNil(v ssa.Value) bool {
	switch v := v.(type) {
	case *ssa.Alloc, *ssa.MakeClosure, *ssa.MakeInterface, *ssa.MakeMap, *ssa.MakeChan, *ssa.MakeSlice, *ssa.FieldAddr, *ssa.IndexAddr, *ssa.Function, *ssa.Global:
		return true
	case *ssa.Call:
		fn := sharing.CalleeObject(&v.Call)
		return fn != nil && (model.Key(fn) == "errors.New" || model.Key(fn) == "fmt.Errorf")
	}
	return false
}

// operand names a value such that equal names are equal as text. Places
// stand in braces.
func (c *conditions) operand(k knowledge, v ssa.Value, depth int) string {
	v = k.resolve(v)
	if depth > 4 {
		return fmt.Sprintf("%p", v)
	}
	inner := func(v ssa.Value) string { return c.operand(k, v, depth+1) }
	switch v := v.(type) {
	case *ssa.Const:
		return v.String()
	case *ssa.UnOp:
		if v.Op == token.MUL {
			return fmt.Sprintf("{%p}", c.evidence.PlaceOf(v.X))
		}
	case *ssa.Field:
		return fmt.Sprintf("{%p}", c.evidence.PlaceOf(v))
	case *ssa.BinOp:
		return "(" + inner(v.X) + v.Op.String() + inner(v.Y) + ")"
	case *ssa.Lookup:
		return inner(v.X) + "[" + inner(v.Index) + "]"
	case *ssa.TypeAssert:
		return inner(v.X) + ".(" + v.AssertedType.String() + ")"
	case *ssa.ChangeType:
		return inner(v.X)
	case *ssa.MakeInterface:
		return inner(v.X)
	case *ssa.Extract:
		switch v.Tuple.(type) {
		case *ssa.Lookup, *ssa.TypeAssert, *ssa.Call:
			return fmt.Sprint(inner(v.Tuple), "#", v.Index)
		}
	case *ssa.Call:
		return c.call(v, inner)
	}
	return fmt.Sprintf("%p", v)
}

// call names calls of one function with equal arguments alike.
func (c *conditions) call(v *ssa.Call, inner func(ssa.Value) string) string {
	var name string
	switch callee := v.Call.Value.(type) {
	case *ssa.Builtin:
		name = callee.Name()
	case *ssa.Function:
		name = fmt.Sprintf("%p", callee)
	default:
		if !v.Call.IsInvoke() {
			return fmt.Sprintf("%p", v)
		}
		name = inner(v.Call.Value) + "." + v.Call.Method.Name()
	}
	args := make([]string, len(v.Call.Args))
	for i, arg := range v.Call.Args {
		args[i] = inner(arg)
	}
	return name + "(" + strings.Join(args, ",") + ")"
}
