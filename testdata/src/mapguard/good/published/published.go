// Package published changes what is published the right way.
package published

import (
	"maps"
	"sync"
	"sync/atomic"
)

type table struct {
	version int
	routes  map[string]string

	mu   sync.Mutex
	hits map[string]int
}

type router struct {
	current atomic.Pointer[table]
	change  sync.Mutex
}

func newRouter() *router {
	r := &router{}
	r.current.Store(&table{routes: make(map[string]string), hits: make(map[string]int)})
	return r
}

// Find reads the routes without a lock, and the hits under theirs.
func (r *router) Find(host string) string {
	t := r.current.Load()
	t.mu.Lock()
	t.hits[host]++
	t.mu.Unlock()
	return t.routes[host]
}

func (r *router) Hits(host string) int {
	t := r.current.Load()
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.hits[host]
}

// Add copies the routes.
func (r *router) Add(host, route string) {
	r.change.Lock()
	defer r.change.Unlock()
	old := r.current.Load()
	next := &table{version: old.version + 1, routes: maps.Clone(old.routes), hits: make(map[string]int)}
	next.routes[host] = route
	r.current.Store(next)
}

// Merge copies them by hand.
func (r *router) Merge(routes map[string]string) {
	r.change.Lock()
	defer r.change.Unlock()
	old := r.current.Load()
	next := &table{version: old.version + 1, routes: make(map[string]string, len(old.routes)+len(routes)), hits: make(map[string]int)}
	for host, route := range old.routes {
		next.routes[host] = route
	}
	for host, route := range routes {
		next.routes[host] = route
	}
	r.current.Store(next)
}

// Replace copies them if it has to.
func (r *router) Replace(host, route string) {
	r.change.Lock()
	defer r.change.Unlock()
	old := r.current.Load()
	next := &table{version: old.version + 1, routes: old.routes, hits: old.hits}
	if old.routes[host] != route {
		next.routes = maps.Clone(old.routes)
		next.routes[host] = route
	}
	r.current.Store(next)
}

// counts is looked up and changed under one lock, and published for a tool
// that only asks whether there is any.
type counts struct {
	mu  sync.Mutex
	all atomic.Value // map[string]int
}

func (c *counts) Count(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all.Load().(map[string]int)[name]++
}

func (c *counts) Of(name string) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.all.Load().(map[string]int)[name]
}
