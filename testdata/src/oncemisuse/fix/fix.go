// Package fix has singletons by hand that become sync.Onces.
package fix

import "sync"

type settings struct{ names map[string]string }

var current *settings
var mu sync.Mutex

// Current returns the settings.
func Current() *settings {
	if current == nil { // want `current is looked at without mu`
		mu.Lock()
		defer mu.Unlock()
		if current == nil {
			current = &settings{}
			// All names are known from the start.
			current.names = map[string]string{"a": "b"}
		}
	}
	return current
}

type cache struct {
	lock  sync.Mutex
	index map[string]int
	names []string
}

func (c *cache) at(name string) int {
	if c.index == nil { // want `c.index is looked at without c.lock`
		c.lock.Lock()
		if c.index == nil {
			c.index = make(map[string]int)
		}
		c.lock.Unlock()
	}
	return c.index[name]
}
