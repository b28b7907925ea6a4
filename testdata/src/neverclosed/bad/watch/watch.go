// Package watch hands out watches whose Stop forgets to close their channel.
package watch

import (
	"context"
	"fmt"
	"sync"
)

type Event struct {
	Kind string
	Key  string
}

// Watch is one subscription.
type Watch struct {
	of     *Hub
	kind   string
	events chan Event
}

// Events returns the channel of events. It is closed by Stop.
func (w *Watch) Events() <-chan Event { return w.events }

// Stop ends the watch.
func (w *Watch) Stop() { w.of.remove(w) }

// Hub hands events on.
type Hub struct {
	mu      sync.Mutex
	watches map[*Watch]bool
}

func New() *Hub { return &Hub{watches: make(map[*Watch]bool)} }

func (h *Hub) Watch(kind string) *Watch {
	w := &Watch{of: h, kind: kind, events: make(chan Event, 16)}
	h.mu.Lock()
	defer h.mu.Unlock()
	h.watches[w] = true
	return w
}

func (h *Hub) remove(w *Watch) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.watches, w)
}

func (h *Hub) Send(e Event) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for w := range h.watches {
		if w.kind != e.Kind {
			continue
		}
		select {
		case w.events <- e:
		default:
		}
	}
}

// Each calls a function for each event until the context ends.
func (h *Hub) Each(ctx context.Context, kind string, handle func(Event) error) error {
	w := h.Watch(kind)
	stop := context.AfterFunc(ctx, w.Stop)
	defer stop()
	for e := range w.Events() { // want `range over w.Events\(\) never ends: w.Events\(\), sent on at watch.go:\d+, is closed nowhere, not even by Stop`
		if err := handle(e); err != nil {
			return fmt.Errorf("%s: %w", e.Key, err)
		}
	}
	return ctx.Err()
}
