package paths

import (
	"fmt"
	"go/token"
	"slices"
	"strings"

	"golang.org/x/tools/go/ssa"
)

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
	if !outcome && c.last[branch] {
		return k, false
	}
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

// definedIn reports whether the value is made inside the loop of the header. A
// variable of the function around a literal is one for all of its loops.
func definedIn(v ssa.Value, header *ssa.BasicBlock) bool {
	instr, ok := v.(ssa.Instruction)
	return ok && !fixed(v) && instr.Parent() == header.Parent() && header.Dominates(instr.Block())
}

func (k knowledge) bind(variable, value ssa.Value) knowledge {
	values := slices.DeleteFunc(slices.Clone(k.values), func(b binding) bool { return b.variable == variable })
	if value != variable && !(knowledge{k.facts, values}).negates(value, variable) {
		values = append(values, binding{variable, value})
	}
	return knowledge{k.facts, values}
}

// negates reports whether a value is the negation of a variable, or of what is
// bound to its negation: in `odd = !odd` the right side is of the round before.
func (k knowledge) negates(value, variable ssa.Value) bool {
	for range len(k.values) + 1 {
		not, ok := value.(*ssa.UnOp)
		if !ok || not.Op != token.NOT {
			return false
		}
		if variableOf(not.X) == variable {
			return true
		}
		value = k.resolve(not.X)
	}
	return true
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
	variable := variableOf(v)
	for _, b := range k.values {
		if b.variable == variable {
			return b.value
		}
	}
	return v
}

// variableOf returns the variable that a value was loaded from, or the value.
func variableOf(v ssa.Value) ssa.Value {
	if load, ok := v.(*ssa.UnOp); ok && load.Op == token.MUL {
		return load.X
	}
	return v
}
