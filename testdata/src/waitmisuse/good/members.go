package good

import "sync"

type ear struct{ quit chan struct{} }

func (l *ear) cancel() { close(l.quit) }

// A Hub stops all its listeners at once.
type Hub struct {
	listeners map[string]*ear
	quit      chan struct{}
	running   sync.WaitGroup
}

// Start starts the hub's own goroutine.
func (h *Hub) Start(joining <-chan string) {
	h.running.Add(1)
	go func() {
		defer h.running.Done()
		for {
			select {
			case name := <-joining:
				h.listeners[name] = &ear{quit: make(chan struct{})}
			case <-h.quit:
				return
			}
		}
	}()
}

// Stop counts as many as there are.
func (h *Hub) Stop() {
	close(h.quit)
	h.running.Wait()
	var wg sync.WaitGroup
	wg.Add(len(h.listeners))
	for _, l := range h.listeners {
		go func() {
			defer wg.Done()
			l.cancel()
		}()
	}
	wg.Wait()
}
