// Package limits holds what lockblocked can't see.
package limits

import "sync"

type hub struct {
	mu    sync.Mutex
	ready chan struct{}
}

// Another caller may run FN_Wake; nothing here does.
func (h *hub) FN_Wait() {
	h.mu.Lock()
	defer h.mu.Unlock()
	<-h.ready
}

func (h *hub) FN_Wake() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.ready <- struct{}{}
}
