// Package locked has a source that locks.
package locked

import (
	"math/rand"
	"sync"
)

type source struct {
	mu  sync.Mutex
	src rand.Source
}

func (s *source) Int63() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.src.Int63()
}

func (s *source) Seed(seed int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.src.Seed(seed)
}

var random = rand.New(&source{src: rand.NewSource(1)})

// Int is safe.
func Int() int { return random.Int() }
