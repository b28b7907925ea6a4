// Package timer keeps the timers whose functions look at them.
package timer

import (
	"sync"
	"time"
)

// A Flusher writes what has come together.
type Flusher struct {
	mu    sync.Mutex
	timer *time.Timer
	items []string
	write func([]string)
}

// New returns a flusher whose timer runs: it is kept long before it fires.
func New(every time.Duration, write func([]string)) *Flusher {
	f := &Flusher{write: write}
	f.timer = time.AfterFunc(every, func() { f.flush(every) })
	return f
}

func (f *Flusher) flush(every time.Duration) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.write(f.items)
	f.items = nil
	f.timer.Reset(every)
}

// Add adds an item.
func (f *Flusher) Add(item string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.items = append(f.items, item)
}

// Stop ends it.
func (f *Flusher) Stop() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.timer.Stop()
}

// A Session is told when nobody has asked for long. Its parts keep the timer.
type Session struct {
	extras extras
	over   chan struct{}
}

type extras struct{ timer *time.Timer }

func (e *extras) keep(t *time.Timer) { e.timer = t }

// NewSession starts the timer of a session.
func NewSession(after time.Duration) *Session {
	s := &Session{over: make(chan struct{}, 1)}
	s.extras.keep(time.AfterFunc(after, s.expire))
	return s
}

func (s *Session) expire() {
	if s.extras.timer != nil {
		s.over <- struct{}{}
	}
}
