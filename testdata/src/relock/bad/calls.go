// Package bad takes locks that it holds.
package bad

import (
	"errors"
	"sync"
)

type stack struct {
	mu    sync.Mutex
	items []int
}

func (s *stack) Len() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.items)
}

func (s *stack) empty() bool { return s.Len() == 0 }

func (s *stack) Push(item int) int {
	s.mu.Lock()
	s.items = append(s.items, item)
	n := s.Len() // want `s.Len ends up locking s.mu again, which is held since line 23: it waits for itself`
	s.mu.Unlock()
	return n
}

func (s *stack) Pop() (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.empty() { // want `s.empty ends up locking s.mu again`
		return 0, errors.New("empty")
	}
	item := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return item, nil
}

func (s *stack) twice() {
	s.mu.Lock()
	s.items = nil
	s.mu.Lock() // want `s.mu.Lock locks s.mu again, which is held since line 42: it waits for itself`
	s.mu.Unlock()
}

// Runs before the unlock that is deferred before it.
func (s *stack) logged() {
	s.mu.Lock()
	defer s.mu.Unlock()
	defer s.report() // want `s.report ends up locking s.mu again`
	s.items = nil
}

func (s *stack) report() { _ = s.Len() }

type meta struct {
	mu      sync.RWMutex
	created int64
	dirty   bool
}

func (m *meta) Created() int64 {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.created
}

func (m *meta) touch(at int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.created = at
	m.dirty = true
}

func (m *meta) Marshal() []int64 {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return []int64{m.Created()} // want `m.Created ends up locking m.mu for reading again, as since line 78: deadlocks once a writer waits in between`
}

func (m *meta) refresh(at int64) {
	m.mu.RLock()
	defer m.mu.RUnlock()
	if m.created < at {
		m.touch(at) // want `m.touch ends up locking m.mu, held for reading since line 84: it waits for itself`
	}
}

func (m *meta) set(at int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if at > m.Created() { // want `m.Created ends up locking m.mu for reading, which is held since line 92: it waits for itself`
		m.created = at
	}
}

func (m *meta) upgrade() {
	m.mu.RLock()
	if m.dirty {
		m.mu.Lock() // want `m.mu.Lock locks m.mu, held for reading since line 100: it waits for itself`
		m.dirty = false
		m.mu.Unlock()
	}
	m.mu.RUnlock()
}

type pool[T any] struct {
	sync.Mutex
	free []T
}

func (p *pool[T]) put(v T) {
	p.Lock()
	defer p.Unlock()
	p.free = append(p.free, v)
}

func (p *pool[T]) fill(vs []T) {
	p.Lock()
	defer p.Unlock()
	for _, v := range vs {
		p.put(v) // want `p.put ends up locking p.Mutex again`
	}
}

var tableMu sync.Mutex
var table = make(map[string]int)

func lookup(name string) (int, bool) {
	tableMu.Lock()
	defer tableMu.Unlock()
	n, ok := table[name]
	return n, ok
}

func define(name string, n int) {
	tableMu.Lock()
	defer tableMu.Unlock()
	if _, ok := lookup(name); !ok { // want `lookup ends up locking tableMu again`
		table[name] = n
	}
}

type volume struct {
	cloneMu   sync.RWMutex
	crashable bool
	files     map[string]int
}

// Both functions lock under one condition.
func (v *volume) open(name string) int {
	if v.crashable {
		v.cloneMu.RLock()
		defer v.cloneMu.RUnlock()
	}
	return v.files[name]
}

func (v *volume) reopen(name string) int {
	if v.crashable {
		v.cloneMu.RLock()
		defer v.cloneMu.RUnlock()
	}
	delete(v.files, name)
	return v.open(name) // want `v.open ends up locking v.cloneMu for reading again`
}

func (v *volume) clone() *volume {
	v.cloneMu.Lock()
	defer v.cloneMu.Unlock()
	return &volume{files: v.files}
}
