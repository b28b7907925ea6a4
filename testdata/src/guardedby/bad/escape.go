package bad

import (
	"slices"
	"sync"
)

type watcher struct {
	id     int
	notify func(string)
}

// Hub gives its list of watchers away, and moves them about under the lock.
type Hub struct {
	mu       sync.RWMutex
	watchers []watcher
	byTopic  map[string][]watcher
	order    []string
}

func (h *Hub) Watch(w watcher, topic string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.watchers = append(h.watchers, w)
	h.byTopic[topic] = append(h.byTopic[topic], w)
	h.order = append(h.order, topic)
	slices.Sort(h.order)
}

func (h *Hub) Unwatch(id int) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for i, w := range h.watchers {
		if w.id == id {
			h.watchers = append(h.watchers[:i], h.watchers[i+1:]...)
			break
		}
	}
	for topic, list := range h.byTopic {
		h.byTopic[topic] = slices.DeleteFunc(list, func(w watcher) bool { return w.id == id })
	}
}

func (h *Hub) all() []watcher {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.watchers // want `h.watchers is returned from under h.mu and not copied, while escape.go:35 changes it in place`
}

func (h *Hub) of(topic string) ([]watcher, bool) {
	h.mu.RLock()
	list, ok := h.byTopic[topic]
	h.mu.RUnlock()
	return list, ok // want `h.byTopic\[…\] is returned from under h.mu and not copied, while escape.go:40 changes it in place`
}

// Topics is for other packages.
func (h *Hub) Topics() []string {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.order[:len(h.order):len(h.order)] // want `h.order is returned from under h.mu`
}

func (h *Hub) Send(topic, text string) {
	for _, w := range h.all() {
		w.notify(text)
	}
	list, _ := h.of(topic)
	for _, w := range list {
		w.notify(topic + ": " + text)
	}
}

// Settings is a map that changes; only -guardedby.escape reports it.
type Settings struct {
	mu     sync.Mutex
	values map[string]string
}

func (s *Settings) Set(key, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.values[key] = value
}

func (s *Settings) Values() map[string]string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.values // want `s.values is returned from under s.mu and not copied, while escape.go:[0-9]+ changes it in place`
}
