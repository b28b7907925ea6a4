package explore

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
	now     int64 // virtual time in nanoseconds
	trace   *event
	serial  int32 // number of the newest frame

	truncated  string // why the path is not the whole truth, "" if it is
	unknowns   int    // decisions about unknown values
	terminated bool   // the process has ended
	tries      bool   // some lock was tried: unlocking is visible
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

// digest hashes what the future of a state depends on, and no more: vector
// clocks, the trace and the past of the virtual clock are left out.
func (m *machine) digest(st *state) uint64 {
	h := st.facts.digest()
	for i, p := range st.pages {
		if p != nil {
			h += p.digest(i, p.gen != st.gen)
		}
	}
	for _, g := range st.gs {
		if g != nil {
			h += mix(uint64(g.id)+1, g.digest(st.now))
		}
	}
	return h
}

// digest sums up the objects of page i. A frozen page, which states share,
// remembers the sum.
func (p *page) digest(i int, frozen bool) uint64 {
	if frozen && p.sum != 0 {
		return p.sum
	}
	h := uint64(0)
	for j, o := range p.objs {
		if o != nil {
			h += mix(uint64(i*pageSize+j), o.digest())
		}
	}
	if frozen {
		p.sum = h
	}
	return h
}

func (o *object) digest() uint64 {
	if o.hash == 0 {
		h := mix(77, digest(o.val))
		for _, s := range o.syncs {
			h += mix(s.path.digest(), s.state.digest())
		}
		o.hash = h | 1
	}
	return o.hash
}
