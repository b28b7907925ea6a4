package bad

import (
	"fmt"
	"sync"
)

type filter interface{ Accept(line string) bool }

type sieve struct {
	mu      sync.Mutex
	filters []filter
	hits    map[string]int
	notify  func(string)
}

// run survives a filter that panics.
func (s *sieve) run(line string) (n int, err error) {
	defer func() {
		if v := recover(); v != nil {
			n, err = 0, fmt.Errorf("filter panicked: %v", v)
		}
	}()
	s.mu.Lock() // want `s.mu stays locked when f.Accept panics: the function recovers, but doesn't defer the unlock of line 30`
	for _, f := range s.filters {
		if f.Accept(line) {
			n++
		}
	}
	s.mu.Unlock()
	return n, nil
}

func (s *sieve) tell(line string) {
	defer func() { _ = recover() }()
	s.mu.Lock() // want `s.mu stays locked when s.notify panics`
	s.hits[line]++
	s.notify(line)
	s.mu.Unlock()
}
