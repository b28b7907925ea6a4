// Package top waits with the lock held that the waker needs, which lies three
// packages away.
package top

import (
	"sync"

	"fixtures/lockblocked/cross/middle"
)

type service struct {
	state   middle.State
	results chan int
	workers sync.WaitGroup
	work    func() int
}

// taker is answered by one type of the package.
type taker interface{ take(n int) }

func (s *service) take(n int) { s.state.Store(n) }

func newService() *service {
	s := &service{results: make(chan int), work: func() int { return 1 }}
	go s.collect()
	return s
}

func (s *service) collect() {
	for n := range s.results {
		s.state.Store(n)
	}
}

// stop waits under the lock that the workers need to come to their end.
func (s *service) stop() {
	for range 2 {
		s.workers.Add(1)
		go s.run(s)
	}
	s.state.Begin()
	s.workers.Wait() // want `wait for s.workers holds s.state.Guarded.Gate.mu, and whoever could end that waits for the lock at top.go:\d+: a deadlock`
	s.state.End()
}

func (s *service) run(to taker) {
	defer s.workers.Done()
	to.take(s.work())
}

// fine waits with nothing locked.
func (s *service) fine() {
	s.state.Begin()
	name := s.state.Name
	s.state.End()
	s.workers.Wait()
	if name != "" {
		close(s.results)
	}
}
