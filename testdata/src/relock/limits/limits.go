// Package limits holds mistakes that relock doesn't see, and reports that it
// shouldn't make.
package limits

import (
	"sync"
)

type counter interface{ Count() int }

type box struct {
	mu   sync.Mutex
	n    int
	self counter
}

func (b *box) Count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.n
}

// FN_interface calls itself through an interface, which isn't followed.
func (b *box) FN_interface() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.self.Count()
}

// FN_alias locks one box under two names.
func (b *box) FN_alias() {
	other, ok := b.self.(*box)
	if !ok || other != b {
		return
	}
	b.mu.Lock()
	other.mu.Lock()
	other.mu.Unlock()
	b.mu.Unlock()
}

func (b *box) unlessZero() int {
	if b.n == 0 {
		return 0
	}
	return b.Count()
}

// FP_condition calls only where the callee doesn't lock: comparisons
// aren't looked at.
func (b *box) FP_condition() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.n == 0 {
		return b.unlessZero() // want `b.unlessZero ends up locking b.mu again`
	}
	return b.n
}
