package good

import "sync"

// Hub calls its listeners with its lock held; they are of other hubs, or
// don't lock. Its own one is called with nothing locked.
type Hub struct {
	mu        sync.Mutex
	listeners []func(int)
	finished  func()
	n         int
}

func NewHub(parent *Hub) *Hub {
	h := &Hub{}
	h.OnEvent(parent.count)
	h.OnEvent(h.plain)
	h.finished = h.clear
	return h
}

func (h *Hub) OnEvent(listener func(int)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.listeners = append(h.listeners, listener)
}

func (h *Hub) count(n int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.n += n
}

func (h *Hub) plain(n int) { h.n += n }

func (h *Hub) clear() {
	h.mu.Lock()
	h.n = 0
	h.mu.Unlock()
}

func (h *Hub) Event(n int) {
	h.mu.Lock()
	for _, listener := range h.listeners {
		listener(n)
	}
	finished := h.finished
	h.mu.Unlock()
	finished()
}
