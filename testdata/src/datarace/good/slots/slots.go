// Package slots works on a few things at a time.
package slots

import (
	"context"
	"sync"
)

type slots chan struct{}

func (s slots) take(ctx context.Context) error {
	select {
	case s <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (s slots) giveBack() { <-s }

// wait has all slots in the end, so that nobody is at work.
func (s slots) wait() {
	for range cap(s) {
		s <- struct{}{}
	}
}

type store interface {
	Move(ctx context.Context, name string) error
}

type Mover struct {
	from     store
	parallel int
}

// All moves until the context ends.
func (m *Mover) All(ctx context.Context, names []string) (moved int, errs []error) {
	free := make(slots, m.parallel)
	var mu sync.Mutex
	for _, name := range names {
		if free.take(ctx) != nil {
			break
		}
		go func() {
			defer free.giveBack()
			err := m.from.Move(ctx, name)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				errs = append(errs, err)
				return
			}
			moved++
		}()
	}
	free.wait()
	if len(errs) == 0 {
		errs = append(errs, ctx.Err())
	}
	return moved, errs
}

// Some fills the channel itself.
func (m *Mover) Some(ctx context.Context, names []string) int {
	var failed int
	var mu sync.Mutex
	free := make(chan struct{}, 4)
	for _, name := range names {
		free <- struct{}{}
		go func() {
			defer func() { <-free }()
			if m.from.Move(ctx, name) != nil {
				mu.Lock()
				failed++
				mu.Unlock()
			}
		}()
	}
	for i := 0; i < cap(free); i++ {
		free <- struct{}{}
	}
	return failed
}

// Last fills it by a range over its size.
func (m *Mover) Last(ctx context.Context, names []string) (last error) {
	free := make(chan struct{}, m.parallel)
	var mu sync.Mutex
	for _, name := range names {
		free <- struct{}{}
		go func() {
			defer func() { <-free }()
			err := m.from.Move(ctx, name)
			mu.Lock()
			last = err
			mu.Unlock()
		}()
	}
	for range m.parallel {
		free <- struct{}{}
	}
	return last
}
