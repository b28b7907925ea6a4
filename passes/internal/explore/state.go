package explore

import (
	"go/token"
	"slices"
)

// A state is everything that a path through the program has come to. Parts
// of it carry the generation that may write them: to fork is to copy two
// slices of pointers and to give both states new generations, after which
// either copies what it writes.
type state struct {
	gen     uint64
	pages   []*page
	gs      []*goroutine // by gid; nil: not started on this path
	facts   *facts
	running gid   // the goroutine that runs, or none
	queue   []gid // goroutines that have yet to run up to their first operation
	cur     [2]gid
	polled  bool  // the current goroutine has just polled in vain
	hurried bool  // a goroutine woke early from a long sleep
	early   bool  // somebody woke early from a sleep whose length isn't known
	exact   bool  // time passes only when nobody can move
	now     int64 // virtual time in nanoseconds
	trace   *event
	serial  int32 // number of the newest frame

	result   value     // of the entry, once it has returned
	returned token.Pos // where it did

	registered *closure // the literal that a client calls, once it is made
	served     bool     // it was called while the function that made it serves

	truncated  string // why the path is not the whole truth, "" if it is
	unknowns   int    // answers assumed to questions about unknown values
	decisions  *decision
	terminated bool  // the process has ended
	tries      bool  // some lock was tried: unlocking is visible
	buffer     int64 // the largest small buffer of a channel
	unawaited  bool  // a WaitGroup was told to wait for an unknown number, which was taken for zero
}

const none gid = -1

// fork returns a copy that can go its own way. The goroutine that runs keeps
// its place in memory in st, so that the machine's pointers to it stay good.
func (m *machine) fork(st *state) *state {
	c := *st
	c.pages = append([]*page(nil), st.pages...)
	c.gs = append([]*goroutine(nil), st.gs...)
	c.queue = append([]gid(nil), st.queue...)
	m.gen++
	c.gen = m.gen
	m.gen++
	st.gen = m.gen
	if st == m.st && st.running != none {
		g := st.gs[st.running]
		twin := *g
		twin.gen = c.gen
		twin.frames = append([]*frame(nil), g.frames...)
		c.gs[st.running] = &twin
		g.gen = st.gen
		if n := len(g.frames); n > 0 {
			top := g.frames[n-1]
			twin.frames[n-1] = top.copy(c.gen)
			top.gen = st.gen
		}
	}
	return &c
}

// goroutine returns a goroutine that may be written.
func (st *state) goroutine(id gid) *goroutine {
	g := st.gs[id]
	if g.gen == st.gen {
		return g
	}
	c := *g
	c.gen = st.gen
	c.frames = append([]*frame(nil), g.frames...)
	st.gs[id] = &c
	return &c
}

// digest hashes the content of an object that refers to nothing, once for
// all states that share it; it is 0 for all others.
func (o *object) digest() uint64 {
	const refers = 1
	if o.hash == 0 {
		o.hash = refers
		if isPlain(o.val) {
			o.hash = digest(o.val) | 2
		}
	}
	if o.hash == refers {
		return 0
	}
	return o.hash
}

// isPlain reports whether a value refers to nothing.
func isPlain(v value) bool {
	switch v := v.(type) {
	case nil, bool, int64, float64, complex128, string, nilRef:
		return true
	case *aggregate:
		return !slices.ContainsFunc(v.elems, func(e value) bool { return !isPlain(e) })
	case *symbol:
		return !v.varies && v.typ != nil && !nilable(v.typ)
	}
	return false
}
