package explore

import (
	"go/token"
	"slices"

	"golang.org/x/tools/go/ssa"
)

// What callers of two methods may be told to do is no mistake of the package:
// to call one of them only, or one before the other.

// tells notes what a client shows that only says what a sequence does, and
// reports whether that is more than a rule for callers: what happens one after
// the other to those who decide nothing is wrong, if a method calls another.
func (c *client) tells(f *Finding) bool {
	c.shown = append(c.shown, places(f))
	return f.Kind == KindDoubleClose && len(f.assumed) > 0 && (c.calls(c.first, c.second) || c.calls(c.second, c.first))
}

func (c *client) calls(method, other *ssa.Function) bool {
	return method != other && method != nil && c.prints.of(method).calls[other]
}

// excludeOneAnother reports whether one of the methods goes wrong behind the
// other: callers choose between them, and don't call both at once either.
func (c *client) excludeOneAnother() bool {
	return slices.ContainsFunc(c.orders[:], func(probe *client) bool { return probe != nil && len(probe.shown) > 0 })
}

// runsTwice reports whether both sides run one exported method, which a
// goroutine of another method runs as well as the client: as if clients called
// it twice.
//
//	func (c *Cycle) Start(f func()) { go c.Run(f) }
//	func (c *Cycle) Run(f func())   { defer close(c.stopped) … }
func (c *client) runsTwice(f *Finding) bool {
	for _, method := range []*ssa.Function{c.first, c.second} {
		if method == nil || !isExported(method) {
			continue
		}
		runs := 0
		for i := range f.Ops {
			if c.runsIn(method, &f.Ops[i]) && !c.startedIn(method, f, f.Ops[i].Goroutine) {
				runs++
			}
		}
		if runs == len(f.Ops) && c.inside(f) {
			return true
		}
	}
	return false
}

// runsIn reports whether an operation is made by a method or what it calls.
func (c *client) runsIn(method *ssa.Function, op *Operation) bool {
	return slices.ContainsFunc(append(op.Stack[:len(op.Stack):len(op.Stack)], op.Pos), func(at token.Pos) bool { return declares(method, at) })
}

// startedIn reports whether a goroutine is one that a method starts.
func (c *client) startedIn(method *ssa.Function, f *Finding, goroutine int) bool {
	return goroutine >= 0 && slices.ContainsFunc(f.Goroutines[goroutine].Spawn, func(at token.Pos) bool { return declares(method, at) })
}

// isContract reports whether the methods do the same wrong when they come one
// after the other: a rule for callers, and no mistake of the package.
func (c *client) isContract(f *Finding) bool {
	for _, probe := range c.orders {
		if probe != nil && slices.Contains(probe.shown, places(f)) {
			return true
		}
	}
	return false
}

// ordersKnown reports whether the pair came to its end in either order.
func (c *client) ordersKnown() bool {
	return c.orders[0] != nil && c.orders[0].ended && c.orders[1].ended
}

// anOrderKnown reports whether the pair came to its end in one order at
// least: that in which who talks comes when it is answered, or is told no.
func (c *client) anOrderKnown() bool {
	return c.orders[0] != nil && (c.orders[0].ended || c.orders[1].ended)
}
