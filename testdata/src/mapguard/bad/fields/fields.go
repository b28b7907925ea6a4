// Package fields holds maps that are fields of objects.
package fields

import (
	"sync"
	"time"
)

// Cache forgets its lock in one method.
type Cache struct {
	mu    sync.RWMutex
	items map[string]string
	hits  map[string]int
}

// New returns an empty cache.
func New() *Cache {
	c := &Cache{hits: make(map[string]int)}
	c.items = make(map[string]string)
	c.items["version"] = "1"
	return c
}

func (c *Cache) Get(key string) (string, bool) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	v, ok := c.items[key]
	return v, ok
}

func (c *Cache) Set(key, value string) {
	c.mu.Lock()
	c.items[key] = value
	c.mu.Unlock()
}

func (c *Cache) Delete(key string) {
	delete(c.items, key) // want `map c.items is written here while another goroutine may write it \(other side holds c.mu\)`
}

func (c *Cache) Len() int {
	return len(c.items) // want `map c.items is read here while another goroutine may write it \(other side holds c.mu\)`
}

func (c *Cache) Keys() []string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.keys()
}

// Hit counts under a lock for readers.
func (c *Cache) Hit(key string) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.hits[key]++ // want `map c.hits is written here while c.mu is held for reading only, which others may hold at the same time`
}

func (c *Cache) keys() []string {
	var keys []string
	for key := range c.items {
		keys = append(keys, key)
	}
	return keys
}

// Dump calls a method that needs the lock, without it.
func (c *Cache) Dump() []string {
	return c.keys() // want `map c.items is read by this call while another goroutine may write it \(other side holds c.mu\)`
}

// Late unlocks too early.
func (c *Cache) Late(key string) string {
	c.mu.Lock()
	if _, ok := c.items[key]; !ok {
		c.items[key] = "late"
	}
	c.mu.Unlock()
	return c.items[key] // want `map c.items is read here while another goroutine may write it \(other side holds c.mu\)`
}

// Poller has a goroutine of its own that writes, and methods that read.
type Poller struct {
	status map[string]int
	stop   chan struct{}
}

func NewPoller() *Poller {
	p := &Poller{status: make(map[string]int), stop: make(chan struct{})}
	go p.loop()
	return p
}

func (p *Poller) loop() {
	ticker := time.NewTicker(time.Second)
	for {
		select {
		case <-ticker.C:
			p.status["rounds"]++ // want `map p.status is written in this goroutine while Status may read it \(no common lock\)`
		case <-p.stop:
			return
		}
	}
}

func (p *Poller) Status(name string) int { return p.status[name] }

func (p *Poller) Close() { close(p.stop) }

// Hub guards the state of its rooms.
type Hub struct {
	sync.Mutex
	rooms map[string]*room
	state struct {
		names map[string]bool
	}
}

type room struct{ members map[string]bool }

func (h *Hub) Join(name, member string) {
	h.Lock()
	defer h.Unlock()
	r := h.rooms[name]
	if r == nil {
		r = &room{members: make(map[string]bool)}
		h.rooms[name] = r
		h.state.names[name] = true
	}
	r.members[member] = true
}

func (h *Hub) Leave(name, member string) {
	h.Lock()
	defer h.Unlock()
	if r := h.rooms[name]; r != nil {
		delete(r.members, member)
	}
	delete(h.state.names, name)
}

func (h *Hub) Members(name string) (list []string) {
	for member := range h.rooms[name].members { // want `map h.rooms is read here while another goroutine may write it \(other side holds h.Mutex\)` `map h.rooms\[name\].members is read here while another goroutine may write it \(other side holds h.Mutex\)`
		list = append(list, member)
	}
	return list
}

func (h *Hub) Known(name string) bool {
	return h.state.names[name] // want `map h.state.names is read here while another goroutine may write it \(other side holds h.Mutex\)`
}

// Set is generic.
type Set[K comparable] struct {
	mu   sync.Mutex
	keys map[K]struct{}
}

func (s *Set[K]) Add(key K) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.keys == nil {
		s.keys = make(map[K]struct{})
	}
	s.keys[key] = struct{}{}
}

func (s *Set[K]) Has(key K) bool {
	_, ok := s.keys[key] // want `map s.keys is read here while another goroutine may write it \(other side holds s.mu\)`
	return ok
}

// Ledger has two locks, of which one method takes the wrong one.
type Ledger struct {
	mu    sync.Mutex
	logMu sync.Mutex
	lines []string
	sums  map[string]int
}

func (l *Ledger) Add(name string, n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.sums[name] += n
}

func (l *Ledger) Sum(name string) int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.sums[name]
}

func (l *Ledger) Log() {
	l.logMu.Lock()
	defer l.logMu.Unlock()
	for name := range l.sums { // want `map l.sums is read here while another goroutine may write it \(other side holds l.mu\)`
		l.lines = append(l.lines, name)
	}
}

// Names locks the whole ledger through an interface.
type Names struct {
	sync.Mutex
	byName map[string]int
}

func locked(l sync.Locker, f func()) {
	l.Lock()
	defer l.Unlock()
	f()
}

func (n *Names) Add(name string) { locked(n, func() { n.byName[name]++ }) }

func (n *Names) Len() (count int) {
	n.Lock()
	count = len(n.byName)
	n.Unlock()
	return count
}

func (n *Names) Has(name string) bool {
	return n.byName[name] > 0 // want `map n.byName is read here while another goroutine may write it \(other side holds n.Mutex\)`
}
