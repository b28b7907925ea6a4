package top

import (
	"sync"

	"fixtures/lockblocked/cross/middle"
)

// pool's workers call a hook, a field that base declares, by which they come
// to the lock that is held while they are waited for.
type pool struct {
	job     middle.Job
	workers sync.WaitGroup
}

func newPool(state *middle.State) *pool {
	p := &pool{job: middle.Job{State: state}}
	p.job.Done = p.note
	return p
}

func (p *pool) note() { p.job.State.Store(1) }

func (p *pool) run() {
	defer p.workers.Done()
	p.job.Done()
}

func (p *pool) stop() {
	for range 2 {
		p.workers.Add(1)
		go p.run()
	}
	p.job.State.Begin()
	p.workers.Wait() // want `wait for p.workers holds p.job.State.Guarded.Gate.mu, and whoever could end that waits for the lock at fields.go:\d+: a deadlock`
	p.job.State.End()
}

// patient waits before it takes the lock.
type patient struct {
	job     middle.Job
	workers sync.WaitGroup
}

func newPatient(state *middle.State) *patient {
	p := &patient{job: middle.Job{State: state}}
	p.job.Done = p.note
	return p
}

func (p *patient) note() { p.job.State.Store(2) }

func (p *patient) run() {
	defer p.workers.Done()
	p.job.Done()
}

func (p *patient) stop() {
	for range 2 {
		p.workers.Add(1)
		go p.run()
	}
	p.workers.Wait()
	p.job.State.Begin()
	p.job.State.End()
}
