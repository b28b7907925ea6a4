package good

import (
	"fmt"
	"sync"
)

type filter interface{ Accept(line string) bool }

type sieve struct {
	mu      sync.Mutex
	filters []filter
	hits    map[string]int
}

// Deferred: it is come to.
func (s *sieve) run(line string) (n int, err error) {
	defer func() {
		if v := recover(); v != nil {
			n, err = 0, fmt.Errorf("filter panicked: %v", v)
		}
	}()
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range s.filters {
		if f.Accept(line) {
			n++
		}
	}
	return n, nil
}

// What may panic runs without the lock.
func (s *sieve) outside(line string) (n int) {
	defer func() { _ = recover() }()
	s.mu.Lock()
	filters := append([]filter(nil), s.filters...)
	s.mu.Unlock()
	for _, f := range filters {
		if f.Accept(line) {
			n++
		}
	}
	return n
}

// The recovering function unlocks.
func (s *sieve) unlocks(line string) {
	defer func() {
		if recover() != nil {
			s.mu.Unlock()
		}
	}()
	s.mu.Lock()
	for _, f := range s.filters {
		f.Accept(line)
	}
	s.mu.Unlock()
}

// The panic goes on.
func (s *sieve) wraps(line string) {
	defer func() {
		if v := recover(); v != nil {
			panic(fmt.Sprintf("line %q: %v", line, v))
		}
	}()
	s.mu.Lock()
	for _, f := range s.filters {
		f.Accept(line)
	}
	s.mu.Unlock()
}

// It recovers from what comes behind the lock.
func (s *sieve) behind(line string, report func(int)) {
	defer func() { _ = recover() }()
	s.mu.Lock()
	n := 0
	for _, f := range s.filters {
		if f.Accept(line) {
			n++
		}
	}
	s.mu.Unlock()
	report(n)
}
