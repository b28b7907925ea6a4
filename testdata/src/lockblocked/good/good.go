// Package good holds near misses: the waker doesn't need the lock.
package good

import (
	"sync"
	"time"
)

type hub struct {
	mu    sync.Mutex
	other sync.Mutex
	seen  int
	ready chan struct{}
	jobs  chan int
	wg    sync.WaitGroup
}

func newHub() *hub { return &hub{ready: make(chan struct{}), jobs: make(chan int, 3)} }

func (h *hub) note() {
	h.other.Lock()
	defer h.other.Unlock()
	h.seen++
}

// Another lock.
func awaitReady() {
	h := newHub()
	go func() {
		h.note()
		close(h.ready)
	}()
	h.mu.Lock()
	defer h.mu.Unlock()
	<-h.ready
}

// Closed before the lock is needed.
func closeFirst() {
	h := newHub()
	go func() {
		close(h.ready)
		h.mu.Lock()
		h.seen++
		h.mu.Unlock()
	}()
	h.mu.Lock()
	<-h.ready
	h.mu.Unlock()
}

// There is room for what is sent.
func produce() {
	h := newHub()
	go func() {
		h.mu.Lock()
		h.mu.Unlock()
		for range 3 {
			<-h.jobs
		}
	}()
	h.mu.Lock()
	for i := range 3 {
		h.jobs <- i
	}
	h.mu.Unlock()
}

// The wait has an end.
func awaitAWhile(limit time.Duration) {
	h := newHub()
	go func() {
		h.mu.Lock()
		h.mu.Unlock()
		close(h.ready)
	}()
	h.mu.Lock()
	defer h.mu.Unlock()
	select {
	case <-h.ready:
	case <-time.After(limit):
	}
}

// The lock is given back first.
func awaitWorkers() {
	h := newHub()
	for range 2 {
		h.wg.Go(func() {
			h.mu.Lock()
			h.seen++
			h.mu.Unlock()
		})
	}
	h.mu.Lock()
	h.seen++
	h.mu.Unlock()
	h.wg.Wait()
}
