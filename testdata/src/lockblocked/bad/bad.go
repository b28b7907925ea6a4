// Package bad holds waits under a lock that the waker needs.
package bad

import "sync"

type hub struct {
	mu    sync.Mutex
	seen  int
	ready chan struct{}
	jobs  chan int
	wg    sync.WaitGroup
}

func newHub() *hub { return &hub{ready: make(chan struct{}), jobs: make(chan int)} }

func (h *hub) note() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seen++
}

// The waker takes the lock before it closes.
func awaitReady() {
	h := newHub()
	go func() {
		h.note()
		close(h.ready)
	}()
	h.mu.Lock()
	defer h.mu.Unlock()
	<-h.ready // want `receive from h.ready holds h.mu, and whoever could end that waits for the lock at bad.go:\d+: a deadlock`
}

// Wait under the lock that the workers need.
func awaitWorkers() {
	h := newHub()
	for range 2 {
		h.wg.Add(1)
		go func() {
			defer h.wg.Done()
			h.note()
		}()
	}
	h.mu.Lock()
	h.wg.Wait() // want `wait for h.wg holds h.mu, and whoever could end that waits for the lock`
	h.mu.Unlock()
}

// The consumer locks before it receives.
func (h *hub) consume() {
	for {
		h.mu.Lock()
		h.seen++
		h.mu.Unlock()
		if _, ok := <-h.jobs; !ok {
			return
		}
	}
}

func produce() {
	h := newHub()
	go h.consume()
	for i := range 3 {
		h.mu.Lock()
		h.jobs <- i // want `send on h.jobs holds h.mu, and whoever could end that waits for the lock`
		h.mu.Unlock()
	}
	close(h.jobs)
}
