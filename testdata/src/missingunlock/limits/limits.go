// Package limits holds mistakes that missingunlock doesn't see, and reports
// that it shouldn't make.
package limits

import (
	"errors"
	"sync"
)

type box struct {
	mu   sync.Mutex
	full bool
}

// FN_panic leaves the lock behind if a caller recovers: panics count as the
// end of the process.
func (b *box) FN_panic() {
	b.mu.Lock()
	if b.full {
		panic("full")
	}
	b.full = true
	b.mu.Unlock()
}

// FN_success forgets the unlock where it succeeds: it looks like a function
// that locks for its callers.
func (b *box) FN_success() error {
	b.mu.Lock()
	if b.full {
		b.mu.Unlock()
		return errors.New("full")
	}
	b.full = true
	return nil
}

// FN_never never unlocks at all, as functions do that lock for others.
func (b *box) FN_never() {
	b.mu.Lock()
	b.full = true
}

// FP_implied releases where it has locked: that the one variable follows
// from the other isn't known.
func (b *box) FP_implied(n int) {
	m := 0
	if n > 0 {
		b.mu.Lock() // want `b.mu is locked here and released on some paths only`
		m = n * 2
	}
	if m > 0 {
		b.mu.Unlock()
	}
}
