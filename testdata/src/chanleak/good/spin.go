package good

import (
	"context"
	"time"
)

// This file holds loops that end when they are told to, if not at once, and
// channels that may be nil.

type reloader struct {
	closing chan struct{}
	every   time.Duration
	load    func() error
	log     func(string, ...any)
	idle    chan struct{} // set by tests
	lines   chan string
	kicks   chan struct{}
}

func newReloader(every time.Duration, load func() error) *reloader {
	r := &reloader{closing: make(chan struct{}), every: every, load: load, lines: make(chan string), kicks: make(chan struct{}, 1)}
	go r.run()
	return r
}

func (r *reloader) Close() { close(r.closing) }

func (r *reloader) Log(line string) { r.lines <- line }

func (r *reloader) Kick() {
	select {
	case r.kicks <- struct{}{}:
	default:
	}
}

func (r *reloader) run() {
	ticks := time.NewTicker(r.every)
	defer ticks.Stop()
loop:
	for {
		select {
		case <-r.closing:
			break loop
		case <-ticks.C:
			if err := r.load(); err != nil {
				r.log("cannot load: %v", err)
			}
			if r.idle != nil {
				r.idle <- struct{}{}
			}
		case <-r.kicks:
			r.log("kicked")
			break
		}
	}
	r.log("closed")
}

// once leaves the loop behind the select.
func (r *reloader) once() error {
	for {
		select {
		case <-r.closing:
			break
		case line := <-r.lines:
			r.log(line)
			continue
		}
		return r.load()
	}
}

// last prints what is left before it ends.
func (r *reloader) last(ctx context.Context) {
	done := ctx.Done()
	stopping := false
	for {
		select {
		case <-ctx.Done():
			stopping = true
		case line := <-r.lines:
			r.log(line)
			if stopping && line == "" {
				return
			}
		}
		select {
		case <-done:
			done = nil
		default:
		}
	}
}
