package returned

import (
	"context"
	"sync"
	"time"
)

// A flow ends when somebody confirms it or its timer fires; nobody looks
// whether the other one was first.
type flow struct {
	timer *time.Timer
	done  chan struct{}

	mu  sync.Mutex
	err error
}

func (f *flow) end(err error) {
	f.mu.Lock()
	f.err = err
	f.mu.Unlock()
	close(f.done) // want "double close"
}

type Tracker struct {
	mu    sync.Mutex
	flows map[string]*flow
}

func NewTracker() *Tracker { return &Tracker{flows: make(map[string]*flow)} }

func (t *Tracker) Begin(order string, limit time.Duration) {
	f := &flow{done: make(chan struct{})}
	t.mu.Lock()
	defer t.mu.Unlock()
	f.timer = time.AfterFunc(limit, func() { f.end(errClosed) })
	t.flows[order] = f
}

func (t *Tracker) Confirm(order string) bool {
	t.mu.Lock()
	f, ok := t.flows[order]
	t.mu.Unlock()
	if !ok {
		return false
	}
	f.timer.Stop()
	f.end(nil)
	return true
}

// A wait ends once.
type wait struct {
	timer *time.Timer
	done  chan struct{}

	mu    sync.Mutex
	ended bool
	err   error
}

func (w *wait) end(err error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended {
		return
	}
	w.ended, w.err = true, err
	close(w.done)
}

type Waits struct {
	mu   sync.Mutex
	open map[string]*wait
}

func NewWaits() *Waits { return &Waits{open: make(map[string]*wait)} }

func (t *Waits) Begin(order string, limit time.Duration) {
	w := &wait{done: make(chan struct{})}
	t.mu.Lock()
	defer t.mu.Unlock()
	w.timer = time.AfterFunc(limit, func() { w.end(errClosed) })
	t.open[order] = w
}

func (t *Waits) Confirm(order string) bool {
	t.mu.Lock()
	w, ok := t.open[order]
	t.mu.Unlock()
	if !ok {
		return false
	}
	w.timer.Stop()
	w.end(nil)
	return true
}

// A quiet period ends when its timer fires; a later touch changes what the
// timer's function reads without the lock.
type Quiet struct {
	mu      sync.Mutex
	timer   *time.Timer
	pending []string
	flush   func([]string)
}

func NewQuiet(flush func([]string)) *Quiet { return &Quiet{flush: flush} }

func (q *Quiet) Touch(name string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.pending = append(q.pending, name) // want "race"
	if q.timer != nil {
		q.timer.Stop()
	}
	q.timer = time.AfterFunc(time.Second, func() { q.flush(q.pending) })
}

// Here the timer's function takes the list under the lock.
type Calm struct {
	mu      sync.Mutex
	timer   *time.Timer
	pending []string
	flush   func([]string)
}

func NewCalm(flush func([]string)) *Calm { return &Calm{flush: flush} }

func (c *Calm) Touch(name string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.pending = append(c.pending, name)
	if c.timer != nil {
		c.timer.Stop()
	}
	c.timer = time.AfterFunc(time.Second, c.send)
}

func (c *Calm) send() {
	c.mu.Lock()
	list := c.pending
	c.pending = nil
	c.mu.Unlock()
	c.flush(list)
}

// The end of the request closes the stream's channel, as Close does.
type Stream struct {
	mu   sync.Mutex
	over chan struct{}
	n    int
}

func NewStream() *Stream { return &Stream{over: make(chan struct{})} }

func (s *Stream) Bind(ctx context.Context) {
	context.AfterFunc(ctx, func() { close(s.over) }) // want "double close"
}

func (s *Stream) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.n++
	close(s.over)
}

// Started twice, it would end twice; that is for callers not to do.
type Fuse struct {
	mu   sync.Mutex
	lit  bool
	over chan struct{}
}

func NewFuse() *Fuse { return &Fuse{over: make(chan struct{})} }

func (f *Fuse) Light(d time.Duration) {
	f.mu.Lock()
	f.lit = true
	f.mu.Unlock()
	time.AfterFunc(d, func() { close(f.over) })
}

func (f *Fuse) Over() <-chan struct{} { return f.over }
