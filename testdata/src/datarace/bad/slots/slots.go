// Package slots works on a few things at a time.
package slots

import (
	"context"
	"sync"
)

type store interface {
	Move(ctx context.Context, name string) error
}

type Mover struct {
	from     store
	parallel int
}

// Half takes half of the slots at the end.
func (m *Mover) Half(ctx context.Context, names []string) int {
	failed := 0
	var mu sync.Mutex
	free := make(chan struct{}, m.parallel)
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
	for range m.parallel / 2 {
		free <- struct{}{}
	}
	return failed // want `failed is read here`
}
