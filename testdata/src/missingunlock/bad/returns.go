// Package bad leaves locks behind.
package bad

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

var errClosed = errors.New("closed")

type store struct {
	mu      sync.RWMutex
	closed  bool
	entries map[string]string
	order   []string
}

func (s *store) put(key, value string) error {
	s.mu.Lock()
	if s.closed {
		return errClosed // want `return leaves s.mu locked: other paths release it \(locked at line 21\)`
	}
	s.entries[key] = value
	s.mu.Unlock()
	return nil
}

func (s *store) get(ctx context.Context, key string) (string, error) {
	s.mu.RLock()
	if err := ctx.Err(); err != nil {
		return "", err // want `return leaves s.mu locked`
	}
	value, ok := s.entries[key]
	s.mu.RUnlock()
	if !ok {
		return "", fmt.Errorf("no entry %q", key)
	}
	return value, nil
}

// The second look returns before the unlock is deferred.
func (s *store) ensure(key string) string {
	s.mu.RLock()
	value, ok := s.entries[key]
	s.mu.RUnlock()
	if ok {
		return value
	}
	s.mu.Lock()
	value, ok = s.entries[key]
	if ok {
		return value // want `return leaves s.mu locked`
	}
	defer s.mu.Unlock()
	s.entries[key] = key
	return key
}

// The field is tested once more because it may have changed.
func (s *store) close() {
	if s.closed {
		return
	}
	s.mu.Lock()
	if s.closed {
		return // want `return leaves s.mu locked`
	}
	s.closed = true
	s.mu.Unlock()
}

func (s *store) scan(visit func(string) bool) int {
	n := 0
	s.mu.RLock()
	for _, key := range s.order {
		if !visit(key) {
			return n // want `return leaves s.mu locked`
		}
		n++
	}
	s.mu.RUnlock()
	return n
}

func (s *store) flush(drop bool) {
	s.mu.Lock() // want `s.mu is locked here and released on some paths only: one reaches line 98 without`
	switch {
	case s.closed:
		s.mu.Unlock()
	case drop:
		clear(s.entries)
	default:
		s.order = s.order[:0]
		s.mu.Unlock()
	}
}

type registry[K comparable] struct {
	sync.Mutex
	names map[K]string
}

func (r *registry[K]) rename(key K, name string) error {
	r.Lock()
	if name == "" {
		return errors.New("no name") // want `return leaves r locked`
	}
	r.names[key] = name
	r.Unlock()
	return nil
}

func wrapped() {
	var mu sync.Mutex
	var failed int
	run := func(job func() error) error {
		mu.Lock()
		err := job()
		if err != nil {
			failed++
			return err // want `return leaves mu locked`
		}
		mu.Unlock()
		return nil
	}
	_ = run(func() error { return nil })
}

type session struct {
	store *store
	mu    sync.Mutex
	state int
}

func (s *session) lock()   { s.mu.Lock() }
func (s *session) unlock() { s.mu.Unlock() }

func (s *session) advance(to int) error {
	s.lock()
	if to < s.state {
		return errClosed // want `return leaves s.mu locked`
	}
	s.state = to
	s.unlock()
	return nil
}

func (s *session) try(to int) bool {
	if !s.mu.TryLock() {
		return false
	}
	if to < s.state {
		return false // want `return leaves s.mu locked`
	}
	s.state = to
	s.mu.Unlock()
	return true
}

// The deferred function takes the lock again, and gives it back.
func (s *store) begin(key string) (err error) {
	s.mu.Lock()
	if s.closed {
		return errClosed // want `return leaves s.mu locked`
	}
	s.entries[key] = ""
	s.mu.Unlock()

	defer func() {
		if err != nil {
			s.mu.Lock()
			delete(s.entries, key)
			s.mu.Unlock()
		}
	}()
	return save(key)
}

func save(key string) error { return errors.New("cannot save " + key) }
