package explore

import "golang.org/x/tools/go/ssa"

// Clients that are judged by what their methods do in other orders: two
// methods at the same time, and two that start and stop again and again.

// pairs makes up clients that call two methods at the same time.
func (c *clientele) pairs(constructor *ssa.Function) {
	for i, a := range c.methods {
		for _, b := range c.methods[i+1:] {
			c.pair(client{constructor: constructor, setup: c.filler(a, b), first: a, second: b})
		}
	}
}

// pair adds a client that calls two methods at the same time if they take
// the same two locks, or one closes a channel that the other sends on or
// closes too, or they talk by a channel under one lock, or one is or stops
// what the other talks to. What happens when they come one after the
// other is found out first.
func (c *clientele) pair(pair client) {
	f, g := c.prints.of(pair.first), c.prints.of(pair.second)
	server := &footprint{}
	if pair.constructor != nil {
		server = c.prints.of(pair.constructor)
	}
	pair.together = true
	tokens := f.passesTokens(g)
	closing := (clash(f.fields, g.fields, closes, sends|closes) || f.chans.closing(g.chans)) && !tokens
	stopping := !tokens && (stops(f, server) && talks(g, server) || stops(g, server) && talks(f, server) ||
		(f.closesAny() || g.closesAny()) && clash(f.fields, g.fields, sends, receives))
	if closing || stopping {
		inOrder, reversed := pair, pair
		inOrder.together, reversed.together = false, false
		inOrder.probe, reversed.probe = true, true
		reversed.first, reversed.second = pair.second, pair.first
		pair.orders[0] = c.add(inOrder)
		pair.orders[1] = pair.orders[0]
		if pair.first != pair.second {
			pair.orders[1] = c.add(reversed)
		}
	}
	shared := commonLocks(f, g)
	if closing || stopping || shared > 1 || shared > 0 && clash(f.fields, g.fields, sends, receives) {
		c.add(pair)
	}
}

// stops reports whether a function closes what the goroutines that another
// starts receive from.
func stops(f, starter *footprint) bool {
	for object, d := range f.fields {
		if d&closes != 0 && starter.inner[object]&receives != 0 {
			return true
		}
	}
	return false
}

// talks reports whether a function sends to, receives from or waits for the
// goroutines that another starts.
func talks(f, starter *footprint) bool {
	for object, d := range f.fields {
		e := starter.inner[object]
		if d&sends != 0 && e&receives != 0 || d&receives != 0 && e&sends != 0 || d&waits != 0 && e&counts != 0 {
			return true
		}
	}
	return false
}

// restarts makes up clients that start and stop twice: one method closes a
// channel and the other makes it anew, or sets a field again in which that was
// noted. That the first may be called twice in a row is found out first. Two
// that close one channel are two ways to stop.
func (c *clientele) restarts(constructor *ssa.Function) {
	for _, stop := range c.methods {
		for _, start := range c.methods {
			f, g := c.prints.of(start), c.prints.of(stop)
			if start == stop || !g.closesAny() || !undoes(f, g) || clash(f.fields, g.fields, closes, closes) {
				continue
			}
			probe := client{constructor: constructor, setup: start, first: stop, second: stop, probe: true}
			twice := client{constructor: constructor, first: start, second: stop, again: true}
			twice.orders[0] = c.add(probe)
			twice.orders[1] = twice.orders[0]
			c.add(twice)
		}
	}
}

// undoes reports whether one function sets a field that the other has written,
// or the channel in which it has closed. What isn't undone has ended for good.
func undoes(start, stop *footprint) bool {
	for field, d := range start.fields {
		if d&writes != 0 && stop.fields[field]&(writes|closes) != 0 {
			return true
		}
	}
	return false
}

func (f *footprint) closesAny() bool {
	for _, d := range f.fields {
		if d&closes != 0 {
			return true
		}
	}
	return false
}

// passesTokens reports whether one of the functions closes a channel that one
// of them both sends to and receives from: who has what was in it may do so.
func (f *footprint) passesTokens(g *footprint) bool {
	for object, d := range f.fields {
		e := g.fields[object]
		both := sends | receives
		if (d|e)&closes != 0 && (d&both == both || e&both == both) {
			return true
		}
	}
	return false
}

func commonLocks(f, g *footprint) int {
	n := 0
	for field, d := range f.fields {
		if d&locks != 0 && g.fields[field]&locks != 0 {
			n++
		}
	}
	return n
}
