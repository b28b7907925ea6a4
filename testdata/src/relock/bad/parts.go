package bad

import "sync"

// hub keeps its clients, each of which knows the hub.
type hub struct {
	mu      sync.Mutex
	clients map[int]*client
	plugins []plugin
}

type client struct {
	id  int
	hub *hub
}

func (h *hub) remove(id int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.clients, id)
}

func (c *client) close() { c.hub.remove(c.id) }

func (h *hub) closeAll() {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, c := range h.clients {
		c.close() // want `c.close ends up locking h.mu again, which is held since line 26: it waits`
	}
}

// plugin is what the hub knows of its plugins.
type plugin interface{ stop() error }

type echo struct {
	name string
	hub  *hub
}

func (e *echo) stop() error {
	e.hub.forget(e)
	return nil
}

func (h *hub) forget(p plugin) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, other := range h.plugins {
		if other == p {
			h.plugins = append(h.plugins[:i], h.plugins[i+1:]...)
			break
		}
	}
}

func (h *hub) stopAll() (err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, p := range h.plugins {
		err = p.stop() // want `p.stop ends up locking h.mu again, which is held since line 58`
	}
	return err
}

// lru tells its owner what it drops, as the constructor was told.
type lru struct {
	mu      sync.Mutex
	items   map[string]int
	onEvict evictFunc
}

type evictFunc func(key string)

func newLRU(onEvict evictFunc) *lru {
	return &lru{items: make(map[string]int), onEvict: onEvict}
}

func (l *lru) size() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.items)
}

func (l *lru) evict(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.items, key)
	l.onEvict(key) // want `l.onEvict ends up locking l.mu again, which is held since line 86`
}

func loggedLRU(log func(string, int)) *lru {
	var l *lru
	l = newLRU(func(key string) { log(key, l.size()) })
	return l
}
