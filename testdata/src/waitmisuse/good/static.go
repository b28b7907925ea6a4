package good

import "sync"

// holder counts down by Add.
type holder struct{ held sync.WaitGroup }

func (h *holder) begin() { h.held.Add(1) }
func (h *holder) end()   { h.held.Add(-1) }
func (h *holder) close() { h.held.Wait() }
