package good

import "sync"

// Connections have many roles: a leaf's lock is never that of a gateway, so
// the two orders don't meet.
type server struct {
	mu       sync.Mutex
	clients  map[int]*connection
	leaves   map[int]*connection
	gateways []*connection
}

type connection struct {
	mu  sync.Mutex
	out int
}

func (c *connection) announce(s *server) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.out += s.count()
}

func (s *server) count() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.gateways)
}

func (s *server) Stats() (sum int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range s.gateways {
		c.mu.Lock()
		sum += c.out
		c.mu.Unlock()
	}
	return sum
}

func (s *server) AcceptLeaf(n int) {
	c := &connection{}
	s.mu.Lock()
	s.leaves[n] = c
	s.mu.Unlock()
	go c.announce(s)
}

// Services and connections each embed a scope of their own.
type scope struct {
	sync.Mutex
	refs int
}

func (s *scope) ref() {
	s.Lock()
	defer s.Unlock()
	s.refs++
}

type service struct{ *scope }

type peerConn struct {
	*scope
	limits *limits
	of     *service
}

type limits struct {
	mu       sync.Mutex
	services map[string]*service
}

func (l *limits) service(name string) *service {
	l.mu.Lock()
	defer l.mu.Unlock()
	s, ok := l.services[name]
	if !ok {
		s = &service{scope: &scope{}}
		l.services[name] = s
	}
	s.ref()
	return s
}

func (c *peerConn) Join(name string) {
	c.Lock()
	defer c.Unlock()
	c.of = c.limits.service(name)
}

// A known host takes over what was found out about it: the other one is never
// updated from a known one.
type host struct {
	mu    sync.RWMutex
	name  string
	peers []string
}

func (h *host) update(from *host) {
	if h == from {
		return
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	from.mu.RLock()
	defer from.mu.RUnlock()
	if h.name == "" {
		h.name = from.name
	}
	h.peers = append(h.peers[:0], from.peers...)
}

type ring struct {
	mu    sync.Mutex
	hosts map[string]*host
}

func (r *ring) Refresh(found *host) {
	r.mu.Lock()
	known, ok := r.hosts[found.name]
	if !ok {
		r.hosts[found.name] = found
	}
	r.mu.Unlock()
	if ok {
		known.update(found)
	}
}

// An item gives its lock back before it tells what was stored, also when it
// has given it back and taken it again before.
type item struct {
	mu    sync.Mutex
	dirty bool
	size  int
}

func withoutLock(mu *sync.Mutex, f func()) {
	mu.Unlock()
	defer mu.Lock()
	f()
}

func (i *item) store(upload func() int, stored func(int)) {
	size := 0
	withoutLock(&i.mu, func() { size = upload() })
	i.size = size
	i.mu.Unlock()
	stored(size)
	i.mu.Lock()
	i.dirty = false
}

func (i *item) Close(upload func() int, stored func(int)) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.dirty {
		i.store(upload, stored)
	}
}

func (i *item) Size() int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.size
}

type document struct {
	mu   sync.RWMutex
	size int
	item *item
}

func (d *document) setSize(n int) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.size = n
}

func (d *document) Size() int {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.item != nil {
		return d.item.Size()
	}
	return d.size
}

func (d *document) Close(upload func() int) { d.item.Close(upload, d.setSize) }
