// Package limits holds what closemisuse can't see.
package limits

import "sync"

type conn struct{ done chan struct{} }

// A caller may close twice.
func (c *conn) FN_CloseTwice() { close(c.done) }

type bell struct {
	mu     sync.Mutex
	closed bool
	tones  chan string
}

// FN_NoLock takes no lock at all: callers may know not to ring any more.
func (b *bell) FN_NoLock(tone string) {
	select {
	case b.tones <- tone:
	default:
	}
}

func (b *bell) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.closed {
		b.closed = true
		close(b.tones)
	}
}
