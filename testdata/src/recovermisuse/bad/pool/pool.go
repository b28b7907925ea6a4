// Package pool has recovers that are called where they recover nothing.
package pool

import (
	"fmt"
	"log"
	"sync"
)

type Job func() error

type Pool struct {
	mu      sync.Mutex
	wg      sync.WaitGroup
	crashes int
}

// report is there to be deferred, and only some of its callers do that.
func (p *Pool) report() {
	if r := recover(); r != nil {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.crashes++
		log.Println("job:", r)
	}
}

func (p *Pool) Run(job Job) {
	defer func() {
		p.report() // want `p.report recovers nothing here: recover works in the deferred function alone, and report is one call deeper`
	}()
	_ = job()
}

func (p *Pool) Go(job Job) {
	p.wg.Add(1)
	go func() {
		defer p.wg.Done()
		p.report() // want `p.report recovers nothing without defer: there is no panic when it is called`
		_ = job()
	}()
}

func (p *Pool) Good(job Job) {
	defer p.report()
	_ = job()
}

// Each recovers in a literal that the deferred one calls.
func (p *Pool) Each(jobs []Job) {
	defer func() {
		func() {
			if r := recover(); r != nil { // want `recover returns nil here: it is called by a function literal inside of the deferred function, one call too deep`
				log.Println(r)
			}
		}()
	}()
	for _, job := range jobs {
		_ = job()
	}
}

// Start recovers before anything has happened.
func (p *Pool) Start(job Job) {
	go func() {
		if r := recover(); r != nil { // want `recover returns nil here: the function literal that calls it is not deferred`
			log.Println(r)
		}
		_ = job()
	}()
}

// Spawn does so through the pool's WaitGroup.
func (p *Pool) Spawn(job Job) {
	p.wg.Go(func() {
		recover() // want `recover returns nil here: the function literal that calls it is not deferred`
		_ = job()
	})
}

func (p *Pool) Try(job Job) {
	defer recover() // want `defer recover.. recovers nothing: recover must be called by a deferred function`
	_ = job()
}

// guard is called and never deferred.
func guard(name string) {
	r := recover() // want `recover returns nil here: guard is called, never deferred`
	if r != nil {
		fmt.Println(name, r)
	}
	fmt.Println(name, "done")
}

func (p *Pool) Named(name string, job Job) {
	_ = job()
	guard(name)
}

func (p *Pool) Last(name string, job Job) {
	defer func() {
		guard(name)
	}()
	_ = job()
}

func (p *Pool) Kept(job Job) {
	handle := func() {
		if r := recover(); r != nil { // want `recover returns nil here: the function literal that calls it is not deferred`
			log.Println(r)
		}
	}
	_ = job()
	handle()
}
