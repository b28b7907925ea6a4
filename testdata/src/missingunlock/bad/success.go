package bad

import (
	"errors"
	"sync"
)

var (
	errNoRow    = errors.New("no such row")
	errConflict = errors.New("version conflict")
)

type row struct {
	mu      sync.Mutex
	version int
	deleted bool
}

type table struct {
	mu   sync.RWMutex
	rows map[string]*row
}

// lockRow returns the row locked.
func (t *table) lockRow(key string, version int) (*row, error) {
	t.mu.RLock()
	r, ok := t.rows[key]
	t.mu.RUnlock()
	if !ok {
		return nil, errNoRow
	}
	r.mu.Lock()
	if r.deleted {
		r.mu.Unlock()
		return nil, errNoRow
	}
	if version != 0 && r.version != version {
		return nil, errConflict // want `return leaves r.mu locked: other paths release it \(locked at line 32\)`
	}
	return r, nil
}

// begin returns with the table locked, unless it fails.
func (t *table) begin(key string) error {
	t.mu.Lock()
	r, ok := t.rows[key]
	if !ok {
		t.mu.Unlock()
		return errNoRow
	}
	if r.deleted {
		return errConflict // want `return leaves t.mu locked: other paths release it`
	}
	return nil
}

func (t *table) end() { t.mu.Unlock() }

// tryRow tells by a bool whether it has locked the row.
func (t *table) tryRow(r *row, version int) bool {
	r.mu.Lock()
	switch {
	case r.deleted:
		r.mu.Unlock()
		return false
	case r.version != version:
		return false // want `return leaves r.mu locked: other paths release it`
	}
	return true
}
