package explore

// A clock is a vector clock: for each goroutine, how much of its past is
// known to have happened before. Clocks are immutable. (Lamport's order;
// Mattern and Fidge's vectors; used for races as in FastTrack, Flanagan and
// Freund, PLDI 2009.)
type clock []uint32

func (c clock) at(g gid) uint32 {
	if int(g) < len(c) {
		return c[g]
	}
	return 0
}

// tick starts a new epoch of goroutine g.
func (c clock) tick(g gid) clock {
	next := make(clock, max(len(c), int(g)+1))
	copy(next, c)
	next[g]++
	return next
}

// join returns the least upper bound.
func (c clock) join(d clock) clock {
	if d.below(c) {
		return c
	}
	if c.below(d) {
		return d
	}
	next := make(clock, max(len(c), len(d)))
	copy(next, c)
	for i, n := range d {
		next[i] = max(next[i], n)
	}
	return next
}

// below reports whether c happened before or is equal to d.
func (c clock) below(d clock) bool {
	for i, n := range c {
		if n > d.at(gid(i)) {
			return false
		}
	}
	return true
}
