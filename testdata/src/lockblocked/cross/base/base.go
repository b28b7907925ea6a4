// Package base has the lock and its helpers.
package base

import "sync"

type Gate struct{ mu sync.Mutex }

func (g *Gate) Enter() { g.mu.Lock() }
func (g *Gate) Leave() { g.mu.Unlock() }

func (g *Gate) With(do func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	do()
}

// Guarded is a value that is read and written under the gate.
type Guarded[T any] struct {
	Gate
	value T
}

func (g *Guarded[T]) Set(v T) { g.With(func() { g.value = v }) }

// Hooks are called by those who have them.
type Hooks struct {
	Begin, Done func()
}
