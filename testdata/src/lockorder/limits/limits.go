// Package limits holds what lockorder can't see, and what it takes for a
// deadlock.
package limits

import "sync"

type store struct{ mu sync.Mutex }

type cache struct {
	mu   sync.Mutex
	back interface{ flush(*cache) }
}

// FN_Fill: which method of which type is called is nowhere said.
func (c *cache) FN_Fill() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.back.flush(c)
}

func (s *store) flush(c *cache) {
	s.mu.Lock()
	defer s.mu.Unlock()
}

func (s *store) evict(c *cache) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
}

type left struct{ mu sync.Mutex }

type right struct{ mu sync.Mutex }

// FP_Apart: that the two methods are only called for different values is
// nowhere said.
func (l *left) FP_Apart(r *right) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r.mu.Lock() // want `r.mu is locked here while l.mu is held`
	defer r.mu.Unlock()
}

func (r *right) apart(l *left) {
	r.mu.Lock()
	defer r.mu.Unlock()
	l.mu.Lock()
	defer l.mu.Unlock()
}
