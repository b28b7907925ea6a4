// Package callers holds objects whose callers choose between methods, or call
// each of them once.
package callers

import (
	"context"
	"errors"
	"sync"
	"time"

	"fixtures/closemisuse/good/callers/guard"
)

// A vote is settled one way or the other, by whoever counts.
type vote struct {
	mu     sync.Mutex
	asked  []func(bool)
	closed chan struct{}
}

func newVote() *vote { return &vote{asked: make([]func(bool), 0), closed: make(chan struct{})} }

// Ask leaves a question until the vote is settled.
func (v *vote) Ask(answer func(bool)) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.asked == nil {
		return
	}
	v.asked = append(v.asked, answer)
}

// Accept settles the vote.
func (v *vote) Accept() {
	v.mu.Lock()
	asked := v.asked
	v.asked = nil
	close(v.closed)
	v.mu.Unlock()
	for _, answer := range asked {
		answer(true)
	}
}

// Refuse settles it the other way.
func (v *vote) Refuse(err error) {
	if err == nil {
		return
	}
	v.mu.Lock()
	asked := v.asked
	v.asked = nil
	close(v.closed)
	v.mu.Unlock()
	for _, answer := range asked {
		answer(false)
	}
}

// A cycle does something again and again, on a goroutine of its own or on its
// caller's.
type cycle struct {
	once     sync.Once
	every    time.Duration
	ticker   *time.Ticker
	stopping chan struct{}
	stopped  chan struct{}
}

func newCycle(every time.Duration) *cycle { return &cycle{every: every} }

func (c *cycle) begin() {
	c.once.Do(func() {
		c.stopping = make(chan struct{})
		c.stopped = make(chan struct{})
	})
}

// Start runs it in the background.
func (c *cycle) Start(ctx context.Context, do func()) {
	go func() { _ = c.Run(ctx, do) }()
}

// Run runs it here.
func (c *cycle) Run(ctx context.Context, do func()) error {
	c.begin()
	defer close(c.stopped)
	c.ticker = time.NewTicker(c.every)
	defer c.ticker.Stop()
	for {
		select {
		case <-c.stopping:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		case <-c.ticker.C:
			do()
		}
	}
}

// A watch ends when it is closed, which its error says under the lock.
type watch struct {
	mu      sync.Mutex
	err     error
	value   string
	changed chan struct{}
	cancel  context.CancelFunc
	done    chan struct{}
}

var errClosed = errors.New("closed")

func newWatch(next func(context.Context) (string, error)) *watch {
	ctx, cancel := context.WithCancel(context.Background())
	w := &watch{changed: make(chan struct{}), cancel: cancel, done: make(chan struct{})}
	go w.run(ctx, next)
	return w
}

func (w *watch) run(ctx context.Context, next func(context.Context) (string, error)) {
	defer close(w.done)
	for ctx.Err() == nil {
		value, err := next(ctx)
		w.mu.Lock()
		if errors.Is(w.err, errClosed) {
			w.mu.Unlock()
			return
		}
		w.value, w.err = value, err
		close(w.changed)
		w.changed = make(chan struct{})
		w.mu.Unlock()
	}
}

func (w *watch) Close() error {
	w.mu.Lock()
	if errors.Is(w.err, errClosed) {
		w.mu.Unlock()
		return errClosed
	}
	w.err = errClosed
	close(w.changed)
	w.mu.Unlock()
	w.cancel()
	<-w.done
	return nil
}

// A line hangs up once, whoever comes first: what the literal finds under the
// lock is known to the package that locks alone.
type line struct {
	mu      sync.Mutex
	closing bool
	gone    chan struct{}
	hangUp  func() error
}

func newLine(hangUp func() error, failed func() error) *line {
	l := &line{gone: make(chan struct{}), hangUp: hangUp}
	go func() {
		if failed() != nil {
			_ = l.end()
		}
	}()
	return l
}

func (l *line) Close() error { return l.end() }

func (l *line) end() error {
	closing := false
	l.locked(func() {
		closing = l.closing
		l.closing = true
	})
	if !closing {
		defer close(l.gone)
		return l.hangUp()
	}
	<-l.gone
	return nil
}

func (l *line) locked(do func()) {
	guard.With(&l.mu, func() { do() })
}
