// Package fields holds maps that are fields of objects, with their locks.
package fields

import (
	"fmt"
	"maps"
	"sync"
	"sync/atomic"
	"time"
)

// Cache locks everywhere, in different ways.
type Cache struct {
	mu    sync.RWMutex
	items map[string]string
}

// New fills a cache that nobody else knows.
func New() *Cache {
	c := &Cache{items: make(map[string]string)}
	c.items["version"] = "1"
	c.fill()
	return c
}

func (c *Cache) fill() { c.items["filled"] = "yes" }

// Get checks twice.
func (c *Cache) Get(key string) string {
	c.mu.RLock()
	v, ok := c.items[key]
	c.mu.RUnlock()
	if ok {
		return v
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if v, ok = c.items[key]; !ok {
		v = fmt.Sprint(key)
		c.items[key] = v
	}
	return v
}

// Delete unlocks in a deferred closure.
func (c *Cache) Delete(key string) {
	c.mu.Lock()
	defer func() {
		delete(c.items, "last")
		c.mu.Unlock()
	}()
	delete(c.items, key)
}

// Sizes uses helpers that lock, unlock, and run what they are given.
func (c *Cache) Sizes() (n int) {
	c.lock()
	n = len(c.items)
	c.unlock()
	c.with(func() { n += len(c.items) })
	defer c.locked()()
	return n + len(c.items)
}

func (c *Cache) lock()   { c.mu.Lock() }
func (c *Cache) unlock() { c.mu.Unlock() }

func (c *Cache) locked() func() {
	c.mu.Lock()
	return c.mu.Unlock
}

func (c *Cache) with(f func()) {
	c.mu.RLock()
	defer c.mu.RUnlock()
	f()
}

// Keys calls a helper that runs under the locks of all its callers.
func (c *Cache) Keys() []string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.keys(true)
}

func (c *Cache) keys(again bool) (list []string) {
	for key := range c.items {
		list = append(list, key)
	}
	if again {
		return c.keys(false)
	}
	return list
}

// LenLocked says what it wants.
func (c *Cache) LenLocked() int { return len(c.items) }

// Peek returns an item. The caller must hold c.mu.
func (c *Cache) Peek(key string) string { return c.items[key] }

// Try takes the lock if it can.
func (c *Cache) Try(key string) bool {
	if !c.mu.TryLock() {
		return false
	}
	defer c.mu.Unlock()
	c.items[key] = ""
	return true
}

// Drain takes the map away under the lock, and goes through it without.
func (c *Cache) Drain(use func(string)) {
	c.mu.Lock()
	items := c.items
	c.items = make(map[string]string)
	c.mu.Unlock()
	for key := range items {
		use(key)
	}
}

// Config is replaced as a whole, and read without a lock once loaded.
type Config struct {
	mu     sync.Mutex
	values map[string]string
	shared atomic.Pointer[map[string]string]
}

func (c *Config) Set(key, value string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	next := maps.Clone(c.values)
	next[key] = value
	c.values = next
	c.shared.Store(&next)
}

func (c *Config) Get(key string) string {
	c.mu.Lock()
	values := c.values
	c.mu.Unlock()
	return values[key]
}

func (c *Config) Fast(key string) string { return (*c.shared.Load())[key] }

// Table is loaded once.
type Table struct {
	once sync.Once
	rows map[string]int
	mu   sync.Mutex
	cols map[string]int
}

func (t *Table) Row(name string) int {
	t.once.Do(t.load)
	return t.rows[name]
}

func (t *Table) load() {
	t.rows = map[string]int{}
	t.rows["id"] = 0
}

// Col goes through the lock of load before it reads.
func (t *Table) Col(name string) int {
	t.initCols()
	return t.cols[name]
}

func (t *Table) initCols() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.cols != nil {
		return
	}
	cols := map[string]int{"name": 1}
	t.cols = cols
}

// Actor has one goroutine that owns the map; others talk to it.
type Actor struct {
	requests chan func()
	gets     chan chan int
	counts   map[string]int
}

func NewActor() *Actor {
	a := &Actor{requests: make(chan func()), gets: make(chan chan int), counts: make(map[string]int)}
	go a.loop()
	return a
}

func (a *Actor) loop() {
	for {
		select {
		case request := <-a.requests:
			request()
		case reply := <-a.gets:
			a.counts["gets"]++
			reply <- len(a.counts)
		}
	}
}

func (a *Actor) Add(name string) { a.requests <- func() { a.counts[name]++ } }

func (a *Actor) Len() int {
	reply := make(chan int)
	a.gets <- reply
	return <-reply
}

// Registry is filled before Run, as its goroutine only reads.
type Registry struct{ handlers map[string]func() }

func (r *Registry) Register(name string, f func()) { r.handlers[name] = f }

func (r *Registry) Run(names <-chan string) {
	go func() {
		for name := range names {
			r.handlers[name]()
		}
	}()
}

// Server guards the maps of its parts, which have no lock.
type Server struct {
	mu    sync.Mutex
	conns map[int]*conn
	stats stats
}

type stats struct{ byName map[string]int }

func (s *stats) Add(name string) { s.byName[name]++ }

type conn struct{ subs map[string]bool }

func (c *conn) Subscribe(topic string) { c.subs[topic] = true }

func (s *Server) Subscribe(id int, topic string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns[id].Subscribe(topic)
	s.stats.Add(topic)
}

func (s *Server) Unsubscribe(id int, topic string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns[id].subs, topic)
	delete(s.stats.byName, topic)
}

// Open makes a connection that nobody knows before it is in the map.
func (s *Server) Open(id int) {
	c := &conn{subs: make(map[string]bool)}
	c.subs["all"] = true
	s.mu.Lock()
	s.conns[id] = c
	s.mu.Unlock()
}

// Poll owns its map in one goroutine although others are guarded.
type Poll struct {
	mu   sync.Mutex
	last map[string]time.Time
	done chan struct{}
}

func (p *Poll) Stop() map[string]time.Time {
	<-p.done
	return p.last
}

func (p *Poll) Start() {
	p.last = make(map[string]time.Time)
	p.done = make(chan struct{})
	go func() {
		defer close(p.done)
		p.last["start"] = time.Now()
	}()
}

// Batch unlocks for a while in the middle.
func (c *Cache) Batch(keys []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, key := range keys {
		v := c.items[key]
		c.mu.Unlock()
		time.Sleep(time.Duration(len(v)))
		c.mu.Lock()
		c.items[key] = v
	}
}
