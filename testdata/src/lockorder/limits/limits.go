// Package limits holds what lockorder can't see.
package limits

import "sync"

type store struct{ mu sync.Mutex }

type cache struct {
	mu   sync.Mutex
	back *store
}

// FN_Fill and FN_Evict: that the argument is the store behind the cache is
// nowhere said.
func (c *cache) FN_Fill(back *store) {
	c.mu.Lock()
	defer c.mu.Unlock()
	back.mu.Lock()
	defer back.mu.Unlock()
}

func (c *cache) FN_Evict(back *store) {
	back.mu.Lock()
	defer back.mu.Unlock()
	c.mu.Lock()
	defer c.mu.Unlock()
}
