// Package pool defers what recovers.
package pool

import (
	"errors"
	"log"
	"sync"
)

type Job func() error

type Pool struct {
	wg      sync.WaitGroup
	crashes int
	after   []func()
}

func (p *Pool) report() {
	if r := recover(); r != nil {
		p.crashes++
		log.Println("job:", r)
	}
}

func (p *Pool) Go(job Job) {
	p.wg.Go(func() {
		defer p.report()
		_ = job()
	})
}

// Kept holds the handler in a variable.
func (p *Pool) Kept(job Job) {
	handle := func() {
		if r := recover(); r != nil {
			log.Println(r)
		}
	}
	defer handle()
	_ = job()
}

// Handler hands the handler to whoever defers it.
func (p *Pool) Handler() func() {
	return func() {
		if r := recover(); r != nil {
			log.Println(r)
		}
	}
}

func (p *Pool) Deferred(job Job) {
	defer p.Handler()()
	_ = job()
}

// Recover is there for other packages.
func (p *Pool) Recover() {
	if r := recover(); r != nil {
		log.Println(r)
	}
}

// Own recovers in a literal that has a panic of its own.
func (p *Pool) Own(job Job) {
	defer func() {
		func() {
			defer func() { _ = recover() }()
			_ = job()
		}()
	}()
}

// finish does more than to recover, so it is called at the end, too.
func (p *Pool) finish() {
	if r := recover(); r != nil {
		log.Println(r)
	}
	p.wg.Wait()
	for _, f := range p.after {
		f()
	}
}

func (p *Pool) Finish(early bool) {
	if early {
		p.finish()
		return
	}
	defer p.finish()
	log.Println("finishing")
}

// First recovers by itself, and what it calls finds nothing left.
func (p *Pool) First(job Job) {
	defer func() {
		if r := recover(); r != nil {
			p.report()
		}
	}()
	_ = job()
}

// outcome returns what it found: nil tells its caller that all went well.
func outcome() any {
	r := recover()
	if r == nil {
		return errors.New("nothing")
	}
	return r
}

func (p *Pool) Value() {
	defer func() { log.Println(outcome()) }()
	defer outcome()
}

func (p *Pool) register(f func()) { p.after = append(p.after, f) }

func (p *Pool) Later() {
	p.register(func() {
		if r := recover(); r != nil {
			log.Println(r)
		}
	})
}
