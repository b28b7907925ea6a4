package cache

import "sync"

type cache struct {
	mu    sync.Mutex
	items map[string]int
}

func (c *cache) add(k string, v int) {
	c.items[k] = v
}

func (c *cache) start() {
	go func() {
		for range c.items {
		}
	}()
}
