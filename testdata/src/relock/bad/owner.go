package bad

import (
	"errors"
	"sync"
)

// store's cache calls the store back when it lets go of something.
type store struct {
	cache *evicting
	lost  int
}

type evicting struct {
	mu      sync.Mutex
	max     int
	entries map[string]int
	evicted func(key string, n int)
}

func newEvicting(max int, evicted func(string, int)) (*evicting, error) {
	if max <= 0 {
		return nil, errors.New("no room")
	}
	return &evicting{max: max, entries: make(map[string]int), evicted: evicted}, nil
}

func newStore(max int) (*store, error) {
	s := &store{}
	cache, err := newEvicting(max, s.spill)
	if err != nil {
		return nil, err
	}
	s.cache = cache
	return s, nil
}

func (c *evicting) size() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.entries)
}

func (c *evicting) put(key string, n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.entries[key] = n
	for k, v := range c.entries {
		if len(c.entries) > c.max {
			delete(c.entries, k)
			c.evicted(k, v) // want `c.evicted ends up locking c.mu again, which is held since line 45: it waits for itself`
		}
	}
}

func (s *store) spill(key string, n int) {
	if s.cache.size() > n {
		s.lost++
	}
}

// server gives its tracker a method in a literal.
type server struct{ conns *tracker }

type tracker struct {
	sync.RWMutex
	open    map[int]bool
	onClose func(id int)
}

func newServer() *server {
	s := new(server)
	s.conns = &tracker{open: make(map[int]bool), onClose: s.closed}
	return s
}

func (s *server) closed(id int) {
	s.conns.RLock()
	defer s.conns.RUnlock()
	_ = s.conns.open[id]
}

func (t *tracker) drop(id int) {
	t.Lock()
	delete(t.open, id)
	t.onClose(id) // want `t.onClose ends up locking t.RWMutex for reading, which is held since line \d+: it waits for itself`
	t.Unlock()
}
