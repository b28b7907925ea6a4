package bad

import "sync"

// ring keeps the last values; it knows no lock.
type ring struct {
	values []float64
	next   int
}

func (r *ring) Push(v float64) {
	r.values[r.next] = v
	r.next = (r.next + 1) % len(r.values)
}

func (r *ring) Mean() float64 {
	sum := 0.0
	for _, v := range r.values {
		sum += v
	}
	return sum / float64(len(r.values))
}

func (r *ring) grow() {
	r.values = append(r.values, 0)
}

// Latency is measured by many requests at once.
type Latency struct {
	name string

	mu     sync.Mutex
	recent *ring
	peak   float64
}

func NewLatency(name string, n int) *Latency {
	l := &Latency{name: name, recent: &ring{values: make([]float64, n)}}
	l.recent.Push(0)
	return l
}

func (l *Latency) Observe(ms float64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.recent.Push(ms)
	l.peak = max(l.peak, ms)
}

func (l *Latency) Grow() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.recent.grow()
}

func (l *Latency) Mean() float64 {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.recent.Mean()
}

func (l *Latency) Above(ms float64) bool {
	return l.recent.Mean() > ms // want `l.recent is used without l.mu: 3 of 4 uses hold it`
}

// trie is kept by value, generic, and changes under a read lock here.
type trie[V any] struct {
	root *branch[V]
}

type branch[V any] struct {
	children map[byte]*branch[V]
	value    V
}

func (t *trie[V]) Insert(key string, v V) error { return nil }

func (t *trie[V]) Lookup(key string) (V, bool) { return t.root.value, true }

type RouteTable struct {
	mu    sync.RWMutex
	paths trie[func()]
}

func (r *RouteTable) Handle(path string, fn func()) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.paths.Insert(path, fn)
}

func (r *RouteTable) Alias(path, to string) error {
	r.mu.RLock()
	defer r.mu.RUnlock()
	fn, _ := r.paths.Lookup(to)
	return r.paths.Insert(path, fn) // want `r.paths is changed while r.mu is held for reading only`
}

func (r *RouteTable) Find(path string) (func(), bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.paths.Lookup(path)
}
