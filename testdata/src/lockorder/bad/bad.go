// Package bad holds locks that goroutines take in opposite orders.
package bad

import "sync"

type account struct {
	mu      sync.Mutex
	balance int
}

func (a *account) lock()   { a.mu.Lock() }
func (a *account) unlock() { a.mu.Unlock() }

func transfer(from, to *account, amount int) {
	from.lock()
	defer from.unlock()
	to.lock() // want `to.lock locks to.mu while from.mu is held: a goroutine that calls transfer with the two swapped deadlocks with this one`
	defer to.unlock()
	from.balance -= amount
	to.balance += amount
}

func exchange() {
	a, b := new(account), new(account)
	var wg sync.WaitGroup
	wg.Go(func() { transfer(a, b, 1) })
	wg.Go(func() { transfer(b, a, 1) })
	wg.Wait()
}

type cache struct {
	mu    sync.RWMutex
	items map[string]string
	stats *stats
}

type stats struct {
	mu    sync.Mutex
	hits  int
	cache *cache
}

// get takes cache.mu, then stats.mu.
func (c *cache) get(key string) string {
	c.mu.RLock()
	defer c.mu.RUnlock()
	c.stats.hit() // want `c.stats.hit locks c.stats.mu while c.mu is held, and s.cache.mu at bad.go:\d+ while s.mu is held: a deadlock`
	return c.items[key]
}

func (s *stats) hit() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hits++
}

// reset takes stats.mu, then cache.mu.
func (s *stats) reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hits = 0
	s.cache.clear()
}

func (c *cache) clear() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.items = nil
}

func use() string {
	c := &cache{items: map[string]string{"a": "b"}, stats: &stats{}}
	c.stats.cache = c
	go c.stats.reset()
	return c.get("a")
}

type registry struct {
	names  sync.Mutex
	values sync.Mutex
	hook   func()
}

// The callback takes the first lock under the second.
func (r *registry) each(do func()) {
	r.values.Lock()
	defer r.values.Unlock()
	do()
}

func (r *registry) rename() {
	r.names.Lock()
	defer r.names.Unlock()
	r.values.Lock()
	r.values.Unlock()
}

func visit() {
	r := &registry{}
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.rename()
	}()
	r.each(func() {
		r.names.Lock() // want `r.names is locked here while r.values is held, and r.values at bad.go:\d+ while r.names is held: a deadlock`
		defer r.names.Unlock()
	})
	<-done
}

type service struct{ a, b sync.Mutex }

// Callers may run the two methods at the same time.
func (s *service) AB() {
	s.a.Lock()
	defer s.a.Unlock()
	s.b.Lock() // want `s.b is locked here while s.a is held, and s.a at bad.go:\d+ while s.b is held: a deadlock`
	defer s.b.Unlock()
}

func (s *service) BA() {
	s.b.Lock()
	defer s.b.Unlock()
	s.a.Lock()
	defer s.a.Unlock()
}

type keeper struct{ mu sync.Mutex }

type front struct {
	mu   sync.Mutex
	back *keeper
}

// What is locked is given from outside in one method, and reached by a field
// in the other.
func (f *front) fill() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.back.mu.Lock() // want `f.back.mu is locked here while f.mu is held, and f.mu at bad.go:\d+ while back.mu is held: a deadlock`
	defer f.back.mu.Unlock()
}

func (f *front) evict(back *keeper) {
	back.mu.Lock()
	defer back.mu.Unlock()
	f.mu.Lock()
	defer f.mu.Unlock()
}

// Through the elements of a map, three calls deep.
type room struct {
	mu    sync.RWMutex
	seats map[int]*seat
	taken int
}

type seat struct {
	mu   sync.Mutex
	room *room
	by   string
}

func (r *room) names() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var names []string
	for _, s := range r.seats {
		names = append(names, s.name()) // want `s.name locks r.seats\[…\].mu while r.mu is held, and s.room.mu at bad.go:\d+ while s.mu is held: a deadlock`
	}
	return names
}

func (s *seat) name() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.by
}

func (s *seat) take(by string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.room.count(1)
	s.by = by
}

func (r *room) count(n int) { r.add(n) }

func (r *room) add(n int) {
	r.mu.Lock()
	r.taken += n
	r.mu.Unlock()
}
