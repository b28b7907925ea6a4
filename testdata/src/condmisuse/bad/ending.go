package bad

import (
	"context"
	"sync"
)

// jobs gives each key to one of several workers.
type jobs[K comparable] struct {
	mu      sync.Mutex
	arrived *sync.Cond
	waiting []K
	over    bool
}

func newJobs[K comparable]() *jobs[K] {
	j := &jobs[K]{}
	j.arrived = sync.NewCond(&j.mu)
	return j
}

func (j *jobs[K]) put(key K) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.waiting = append(j.waiting, key)
	j.arrived.Signal()
}

func (j *jobs[K]) next() (key K, ok bool) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for len(j.waiting) == 0 && !j.over {
		j.arrived.Wait()
	}
	if len(j.waiting) == 0 {
		return key, false
	}
	key = j.waiting[0]
	j.waiting = j.waiting[1:]
	return key, true
}

func (j *jobs[K]) end() {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.over = true
	j.arrived.Signal() // want `j.arrived.Signal wakes one of those who wait, but j.over ends the wait for all: it takes a Broadcast`
}

// staff works on the jobs until its context ends.
type staff[K comparable] struct {
	jobs *jobs[K]
	do   func(context.Context, K)
}

func (s *staff[K]) step(ctx context.Context) bool {
	key, ok := s.jobs.next()
	if ok {
		s.do(ctx, key)
	}
	return ok
}

func (s *staff[K]) run(ctx context.Context, workers int) {
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for s.step(ctx) {
			}
		})
	}
	<-ctx.Done()
	s.jobs.end()
	wg.Wait()
}
