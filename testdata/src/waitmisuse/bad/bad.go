// Package bad holds WaitGroups that wait for ever, or not long enough.
package bad

import (
	"errors"
	"sync"
)

type job struct {
	name string
	run  func() error
}

type pool struct {
	wg   sync.WaitGroup
	mu   sync.Mutex
	errs []error
}

func (p *pool) note(err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.errs = append(p.errs, err)
}

// Add is the goroutine's own business.
func (p *pool) startAll(jobs []job) {
	for _, j := range jobs {
		go func() {
			p.wg.Add(1) // want `p.wg.Add runs in the goroutine started at bad.go:\d+: p.wg.Wait at bad.go:\d+ may come before it`
			defer p.wg.Done()
			p.note(j.run())
		}()
	}
	p.wg.Wait()
}

// Done is missing on the way out by an error.
func runAll(jobs []job) error {
	var wg sync.WaitGroup
	var first error
	var mu sync.Mutex
	for _, j := range jobs {
		wg.Add(1)
		go func() {
			if j.run == nil {
				mu.Lock()
				first = errors.New(j.name)
				mu.Unlock()
				return // want `return passes wg.Done by: Wait at bad.go:\d+ waits for ever`
			}
			wg.Done()
		}()
	}
	wg.Wait()
	return first
}

// The count is one too many.
func runPair(a, b func()) {
	var wg sync.WaitGroup
	wg.Add(3)
	go func() {
		defer wg.Done()
		a()
	}()
	go func() {
		defer wg.Done()
		b()
	}()
	wg.Wait() // want `wg.Wait waits here for ever`
}

type counter struct{ wg sync.WaitGroup }

func (c *counter) finish() { c.wg.Done() } // want `c.wg counts below zero here, as Done is called more often than Add says: this panics`

// Done is called once more than Add says.
func finishTwice() {
	c := &counter{}
	c.wg.Add(1)
	go func() {
		defer c.finish()
		c.finish() // the other one panics
	}()
	c.wg.Wait()
}

// The helper adds, in the goroutine.
func (p *pool) track(run func() error) {
	p.wg.Add(1) // want `p.wg.Add runs in the goroutine started at`
	defer p.wg.Done()
	p.note(run())
}

func startTracked(jobs []job) []error {
	p := &pool{}
	for _, j := range jobs {
		go p.track(j.run)
	}
	p.wg.Wait()
	return p.errs
}
