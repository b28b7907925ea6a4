package bad

import (
	"errors"
	"sync"
	"time"
)

var errExpired = errors.New("expired")

type lease struct {
	mu    sync.Mutex
	ended bool
	until time.Time
	uses  int
}

type leases struct {
	mu    sync.RWMutex
	byKey map[string]*lease
	spare *lease
}

// find returns the lease locked, or nil.
func (l *leases) find(key string) *lease {
	l.mu.RLock()
	found := l.byKey[key]
	if found == nil {
		found = l.spare
	}
	l.mu.RUnlock()
	if found == nil {
		return nil
	}
	found.mu.Lock()
	return found
}

func (l *leases) use(key string, now time.Time) error {
	found := l.find(key)
	if found == nil {
		return errNoRow
	}
	if found.ended {
		found.mu.Unlock()
		return errExpired
	}
	if now.After(found.until) {
		found.ended = true
		return errExpired // want `return leaves found.mu locked: other paths release it \(locked at line 40\)`
	}
	found.uses++
	found.mu.Unlock()
	return nil
}

// open returns the lease locked, unless it returns an error.
func (l *leases) open(key string) (*lease, error) {
	l.mu.RLock()
	found, ok := l.byKey[key]
	l.mu.RUnlock()
	if !ok {
		return nil, errNoRow
	}
	found.mu.Lock()
	if found.ended {
		found.mu.Unlock()
		return nil, errExpired
	}
	return found, nil
}

func (l *leases) count(key string, limit int) (int, error) {
	found, err := l.open(key)
	if err != nil {
		return 0, err
	}
	if found.uses > limit {
		return 0, errConflict // want `return leaves found.mu locked: other paths release it`
	}
	found.uses++
	n := found.uses
	found.mu.Unlock()
	return n, nil
}

func (l *leases) endAll(keys []string) {
	for _, key := range keys {
		found := l.find(key)
		if found == nil {
			continue
		}
		if found.uses == 0 {
			continue // want `continue leaves found.mu locked: other iterations release it`
		}
		found.ended = true
		found.mu.Unlock()
	}
}

// hold locks the table for a change, unless there is nothing to change.
func (l *leases) hold() bool {
	l.mu.Lock()
	if len(l.byKey) == 0 {
		l.mu.Unlock()
		return false
	}
	return true
}

func (l *leases) drop(key string) error {
	if !l.hold() {
		return nil
	}
	if l.byKey[key] == nil {
		return errNoRow // want `return leaves l.mu locked: other paths release it`
	}
	delete(l.byKey, key)
	l.mu.Unlock()
	return nil
}
