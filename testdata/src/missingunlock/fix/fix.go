// Package fix holds locks that a fix releases.
package fix

import (
	"errors"
	"sync"
)

type ring struct {
	mu    sync.RWMutex
	items []int
}

func (r *ring) pop() (int, error) {
	r.mu.Lock()
	if len(r.items) == 0 {
		return 0, errors.New("empty") // want `return leaves r.mu locked`
	}
	item := r.items[0]
	r.items = r.items[1:]
	r.mu.Unlock()
	return item, nil
}

func (r *ring) len() int {
	r.mu.RLock()
	defer r.mu.Unlock() // want `locked for reading`
	return len(r.items)
}

func (r *ring) reset() {
	r.mu.Lock()
	defer r.mu.Lock() // want `deferred Lock takes r.mu`
	r.items = nil
}
