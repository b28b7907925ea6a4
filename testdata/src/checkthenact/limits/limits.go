// Package limits shows what checkthenact doesn't see, and sees wrongly.
package limits

import (
	"sync"
	"sync/atomic"
)

type set struct {
	mu    sync.Mutex
	known map[string]bool
	level atomic.Int64
}

func (s *set) has(name string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.known[name]
}

func (s *set) add(name string) {
	s.mu.Lock()
	s.known[name] = true
	s.mu.Unlock()
}

// FN_Calls: the key marks what is done once, which doesn't show in what is done.
func (s *set) FN_Calls(name string, do func()) {
	if !s.has(name) {
		s.add(name)
		do()
	}
}

// FN_Maximum: a maximum is compared in one step and stored in the next, which
// nothing follows.
func (s *set) FN_Maximum(n int64) {
	if n > s.level.Load() {
		s.level.Store(n)
	}
}

// FP_Writer: one goroutine alone calls this, which nothing here says.
func (s *set) FP_Writer() {
	s.level.Store(s.level.Load() + 1) // want `s.level is stored here from what was loaded`
}

// FN_Apart: the load and the store of an update stand in statements of their
// own, as they do where one goroutine alone writes.
func (s *set) FN_Apart(by int64) int64 {
	level := s.level.Load()
	s.level.Store(level * by)
	return level
}

type warning struct{ given atomic.Bool }

// FN_Claim: a claim of what can be done twice is of low confidence.
func (w *warning) FN_Claim(warn func()) {
	if !w.given.Load() {
		w.given.Store(true)
		warn()
	}
}

type pool struct {
	mu    sync.Mutex
	conns map[string]int
	max   int
}

// FN_Limit is of low confidence: one more than the limit may do no harm.
func (p *pool) FN_Limit(key string) bool {
	p.mu.Lock()
	full := len(p.conns) >= p.max
	p.mu.Unlock()
	if full {
		return false
	}
	p.mu.Lock()
	p.conns[key] = 1
	p.mu.Unlock()
	return true
}
