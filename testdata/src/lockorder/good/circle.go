package good

import "sync"

// A session's state keeps its two orders apart.
type session struct {
	in, out sync.Mutex
	ready   bool
	n       int
}

func (s *session) handshake() {
	s.in.Lock()
	defer s.in.Unlock()
	if !s.ready {
		s.out.Lock()
		s.n++
		s.out.Unlock()
		s.ready = true
	}
}

func (s *session) renegotiate() {
	s.out.Lock()
	defer s.out.Unlock()
	if s.ready {
		s.in.Lock()
		s.n--
		s.in.Unlock()
	}
}

// Three locks, always in the order of the alphabet.
type trio struct{ a, b, c sync.Mutex }

func (t *trio) ab() {
	t.a.Lock()
	t.b.Lock()
	t.b.Unlock()
	t.a.Unlock()
}

func (t *trio) bc() {
	t.b.Lock()
	t.c.Lock()
	t.c.Unlock()
	t.b.Unlock()
}

func (t *trio) ac() {
	t.a.Lock()
	t.c.Lock()
	t.c.Unlock()
	t.a.Unlock()
}

// Two read locks the other way round, and nobody writes.
type views struct {
	left, right sync.RWMutex
	l, r        int
}

func (v *views) leftFirst() int {
	v.left.RLock()
	defer v.left.RUnlock()
	v.right.RLock()
	defer v.right.RUnlock()
	return v.l + v.r
}

func (v *views) rightFirst() int {
	v.right.RLock()
	defer v.right.RUnlock()
	v.left.RLock()
	defer v.left.RUnlock()
	return v.l + v.r
}

// Which of two stores it is that locks isn't known.
type store interface{ flush() }

type disk struct {
	mu    sync.Mutex
	owner *cache
	n     int
}

func (d *disk) flush() {
	d.mu.Lock()
	d.n++
	d.mu.Unlock()
}

func (d *disk) evict() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.owner.forget()
}

type memory struct{ n int }

func (m *memory) flush() { m.n++ }

type cache struct {
	mu   sync.Mutex
	over store
	n    int
}

func (c *cache) sync() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.over.flush()
}

func (c *cache) forget() {
	c.mu.Lock()
	c.n = 0
	c.mu.Unlock()
}
