package lockorder

import (
	"slices"

	"github.com/goconclint/goconclint/passes/internal/summarize"
)

// A circle is edges of which each takes what the next one holds, and the last
// one what the first one holds: two or three. Longer ones are hardly ever
// mistakes that somebody mends, and seldom of the same objects.
type circle []edge

// isSureCircle reports whether all locks of the circle are taken for certain, and
// are likely to be of the same objects.
func (g *graph) isSureCircle(c circle) bool {
	for i, e := range c {
		if !e.sure || !g.mayMeet(e, c[(i+1)%len(c)]) {
			return false
		}
	}
	return true
}

// circles returns one circle for each set of classes that has one, the order
// to mend first: that of two locks of one object, or else the one that is
// rarest.
func (g *graph) circles() []circle {
	var list []circle
	next := make(map[class][]class)
	for _, pair := range g.pairs {
		next[pair[0]] = append(next[pair[0]], pair[1])
	}
	done := make(map[[2]class]bool)
	for _, pair := range g.pairs {
		done[pair] = true
		if back := [2]class{pair[1], pair[0]}; !done[back] {
			list = g.addCircle(list, g.edges[pair], g.edges[back])
		}
		for _, third := range next[pair[1]] {
			on, back := [2]class{pair[1], third}, [2]class{third, pair[0]}
			if third != pair[0] && !done[on] && !done[back] {
				list = g.addCircle(list, g.edges[pair], g.edges[on], g.edges[back])
			}
		}
	}
	return list
}

// addCircle adds the circle that one edge of each of the lists makes, if
// there is one, a sure one if there is.
func (g *graph) addCircle(list []circle, sides ...[]edge) []circle {
	var found circle
	var choose func(c circle)
	choose = func(c circle) {
		if len(c) == len(sides) {
			if g.closes(c) && (found == nil || g.isSureCircle(c) && !g.isSureCircle(found)) {
				found = slices.Clone(c)
			}
			return
		}
		for _, e := range sides[len(c)] {
			if found == nil || !g.isSureCircle(found) {
				choose(append(c, e))
			}
		}
	}
	choose(make(circle, 0, len(sides)))
	if found == nil {
		return list
	}
	first := 0
	for i := range sides {
		ours, theirs := found[i].areSiblings(), found[first].areSiblings()
		if ours && !theirs || ours == theirs && len(sides[i]) < len(sides[first]) {
			first = i
		}
	}
	return append(list, append(found[first:], found[:first]...))
}

// areSiblings reports whether the two locks are of one object: their order is
// its own to choose.
func (e edge) areSiblings() bool {
	return e.held.Place.Parent != nil && e.held.Place.Parent == e.taken.Lock.Parent
}

// closes reports whether goroutines can be at all the edges at the same time,
// each waiting for the next.
func (g *graph) closes(c circle) bool {
	for i, e := range c {
		if !g.excludes(c[(i+1)%len(c)], e) {
			return false
		}
		for _, other := range c[:i] {
			if e.at.Parent() == other.at.Parent() || e.gated(other) || g.ofOneGoroutine(e, other) {
				return false
			}
		}
	}
	return true
}

func (e edge) gated(f edge) bool {
	for class := range e.gates {
		if f.gates[class] {
			return true
		}
	}
	return false
}

// excludes reports whether what e holds keeps f from going on. Two readers
// exclude each other while a writer waits.
func (g *graph) excludes(e, f edge) bool {
	return !e.held.Shared || f.taken.Mode != summarize.Shared || g.writers[classOf(e.held.Place)]
}
