package bad

import (
	"context"
	"time"
)

// This file holds loops that hear the signal to stop and go on, and channels
// that nobody makes.

type reloader struct {
	closing chan struct{}
	every   time.Duration
	load    func() error
	log     func(string, ...any)
	idle    chan struct{} // tells that nothing was left to do
	wake    chan struct{}
}

func newReloader(every time.Duration, load func() error) *reloader {
	r := &reloader{closing: make(chan struct{}), every: every, load: load, wake: make(chan struct{}, 1)}
	go r.run()
	return r
}

func (r *reloader) Close() { close(r.closing) }

func (r *reloader) run() {
	ticks := time.NewTicker(r.every)
	defer ticks.Stop()
	for {
		select {
		case <-r.closing:
			r.log("closing")
			break // want `break leaves the select only: the loop goes on when r.closing says stop, and spins for ever`
		case <-ticks.C:
			if err := r.load(); err != nil {
				r.log("cannot load: %v", err)
			}
			ring(r.idle) // want `nothing in the package makes the channel idle: it is nil, and who waits for it waits for ever`
		case <-r.wake:
			r.log("woken")
		}
	}
}

func ring(bell chan<- struct{}) {
	select {
	case bell <- struct{}{}:
	default:
	}
}

// Settle waits until there is nothing left to do.
func (r *reloader) Settle() {
	ring(r.wake)
	<-r.idle
}

// report goes on when its context is done.
func report(ctx context.Context, lines <-chan string, print func(string)) {
	for {
		select {
		case line := <-lines:
			print(line)
		case <-ctx.Done(): // want `ctx.Done\(\) says stop here, and stays ready, but nothing leaves the loop: the goroutine spins for ever`
			print("done: " + ctx.Err().Error())
		}
	}
}
