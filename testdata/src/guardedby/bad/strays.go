package bad

import (
	"errors"
	"os"
	"sync"
	"time"
)

// Source reads a file again when it is told to.
type Source struct {
	path string

	mu     sync.RWMutex
	text   string
	failed int
}

// Text returns what was read last.
func (s *Source) Text() string {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.text
}

// Failed counts the times that the file couldn't be read.
func (s *Source) Failed() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.failed
}

// Reload reads the file, whoever asks for it.
func (s *Source) Reload() error {
	text, err := os.ReadFile(s.path)
	if err != nil {
		s.failed++ // want `s.failed is written without s.mu: all who read it elsewhere hold it`
		return err
	}
	s.mu.Lock()
	s.text = string(text)
	s.mu.Unlock()
	return nil
}

// Budget gives room to whoever asks.
type Budget struct {
	mu     sync.Mutex
	free   int
	denied int
}

// Take takes room.
func (b *Budget) Take(n int) error {
	b.mu.Lock()
	if n > b.free {
		b.mu.Unlock()
		b.denied++ // want `b.denied is written without b.mu: all who read it elsewhere hold it`
		return errors.New("no room")
	}
	b.free -= n
	b.mu.Unlock()
	return nil
}

// Give gives room back.
func (b *Budget) Give(n int) {
	b.mu.Lock()
	b.free += n
	b.mu.Unlock()
}

// Denied counts those who got none.
func (b *Budget) Denied() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.denied
}

// Route knows how long its far end takes to answer.
type Route struct {
	mu    sync.Mutex
	seen  time.Time
	delay time.Duration
}

// Answered notes an answer: the delay is set either way, so not just once.
func (r *Route) Answered(after time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.seen = time.Now()
	if r.delay == 0 {
		r.delay = after
	} else {
		r.delay = (7*r.delay + after) / 8
	}
}

// Delay returns the smoothed delay.
func (r *Route) Delay() time.Duration {
	return r.delay // want `r.delay is read without r.mu`
}
