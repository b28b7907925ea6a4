// Package heart calls methods under a lock that they don't show.
package heart

import (
	"sync"
	"time"
)

// A heart's methods are called with its lock held, by way of locked.
type heart struct {
	mu   sync.Mutex
	beat *beat
	send func()
}

type beat struct {
	timer *time.Timer
	every time.Duration
}

func (h *heart) locked(f func()) func() {
	return func() {
		h.mu.Lock()
		defer h.mu.Unlock()
		if h.beat != nil {
			f()
		}
	}
}

func (h *heart) start() {
	h.beat.every = 250 * time.Millisecond
	h.beat.timer = time.AfterFunc(h.beat.every, h.locked(h.again))
}

func (h *heart) again() {
	if h.beat.timer != nil {
		h.beat.timer.Reset(h.beat.every)
	}
	go h.send()
}

// Schedule returns what starts the heart.
func (h *heart) Schedule() func() { return h.locked(h.start) }
