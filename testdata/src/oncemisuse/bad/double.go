package bad

import (
	"sync"
)

type settings struct {
	names map[string]string
	debug bool
}

var (
	current   *settings
	currentMu sync.Mutex
)

// Current is a singleton by hand.
func Current() *settings {
	if current == nil { // want `current is looked at without currentMu: what it refers to may not be there yet for this goroutine`
		currentMu.Lock()
		defer currentMu.Unlock()
		if current == nil {
			current = &settings{names: make(map[string]string)}
		}
	}
	return current
}

// A Cache is made when it is first used.
type Cache struct {
	mu      sync.RWMutex
	loaded  bool
	entries []string
	index   map[string]int
}

func (c *Cache) load() {
	if !c.loaded { // want `c.loaded is looked at without c.mu`
		c.mu.Lock()
		if !c.loaded {
			c.entries = append(c.entries, "first")
			c.loaded = true
		}
		c.mu.Unlock()
	}
}

// Index returns early.
func (c *Cache) Index() map[string]int {
	if c.index != nil { // want `c.index is looked at without c.mu`
		return c.index
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.index != nil {
		return c.index
	}
	c.index = make(map[string]int)
	for i, entry := range c.entries {
		c.index[entry] = i
	}
	return c.index
}

// First is the other way to write it.
func (c *Cache) First() string {
	if c.loaded { // want `c.loaded is looked at without c.mu`
		return c.entries[0]
	}
	c.mu.Lock()
	if !c.loaded {
		c.entries = []string{"first"}
		c.loaded = true
	}
	c.mu.Unlock()
	return c.entries[0]
}
