package top

import (
	"sync"

	"fixtures/guardedby/cross/middle"
)

// Scale's lock is known as an interface where it is taken, two packages away.
type Scale struct {
	mu     sync.RWMutex
	weight int
}

func (s *Scale) Put(n int) {
	middle.Seize(&s.mu)
	defer middle.Yield(&s.mu)
	s.weight += n
}

func (s *Scale) Take(n int) {
	middle.Seize(&s.mu)
	s.weight -= n
	middle.Yield(&s.mu)
}

func (s *Scale) Zero() {
	middle.Seize(&s.mu)
	s.weight = 0
	middle.Yield(&s.mu)
}

func (s *Scale) Weight() int {
	middle.Seize(s.mu.RLocker())
	defer middle.Yield(s.mu.RLocker())
	return s.weight
}

func (s *Scale) Show() int { return s.weight } // want `s.weight is read without s.mu: \d of \d uses hold it`
