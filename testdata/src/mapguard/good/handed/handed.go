// Package handed gives locks on: to an object, and to a goroutine.
package handed

import (
	"errors"
	"sync"
)

// A Store's transaction holds the lock from Begin to Commit.
type Store struct {
	mu      sync.RWMutex
	indexes map[string]int
	closed  bool
}

type Tx struct {
	store    *Store
	writable bool
}

func New() *Store { return &Store{indexes: make(map[string]int)} }

func (tx *Tx) lock() {
	if tx.writable {
		tx.store.mu.Lock()
	} else {
		tx.store.mu.RLock()
	}
}

func (tx *Tx) unlock() {
	if tx.writable {
		tx.store.mu.Unlock()
	} else {
		tx.store.mu.RUnlock()
	}
}

func (s *Store) Begin(writable bool) (*Tx, error) {
	tx := &Tx{store: s, writable: writable}
	tx.lock()
	if s.closed {
		tx.unlock()
		return nil, errors.New("closed")
	}
	return tx, nil
}

func (tx *Tx) CreateIndex(name string) error {
	if _, ok := tx.store.indexes[name]; ok {
		return errors.New("index exists")
	}
	tx.store.indexes[name] = len(tx.store.indexes)
	return nil
}

func (tx *Tx) DropIndex(name string) { delete(tx.store.indexes, name) }

func (tx *Tx) Commit() {
	tx.unlock()
	tx.store = nil
}

func (s *Store) Indexes() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.indexes)
}

func (s *Store) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.indexes)
}

func (s *Store) Close() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.closed = true
	clear(s.indexes)
}

// A Hub's subscriber is added by a goroutine to which the lock is given.
type Hub struct {
	mu          sync.RWMutex
	subscribers map[string][]chan string
	history     []string
}

func NewHub() *Hub { return &Hub{subscribers: make(map[string][]chan string)} }

func (h *Hub) Subscribe(topic string, replay bool) <-chan string {
	out := make(chan string, 16)
	h.mu.Lock()
	if !replay {
		defer h.mu.Unlock()
		h.add(topic, out)
		return out
	}
	go func() {
		defer h.mu.Unlock()
		for _, message := range h.history {
			out <- message
		}
		h.add(topic, out)
	}()
	return out
}

func (h *Hub) add(topic string, out chan string) {
	h.subscribers[topic] = append(h.subscribers[topic], out)
}

func (h *Hub) Publish(topic, message string) {
	h.mu.RLock()
	defer h.mu.RUnlock()
	for _, out := range h.subscribers[topic] {
		out <- message
	}
}

func (h *Hub) Drop(topic string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.subscribers, topic)
}

// A Watcher's methods fill the map before they start the goroutine that goes on
// with it.
type Watcher struct {
	members map[string]int
	changes chan string
	refresh func() []string
}

func NewWatcher(refresh func() []string) *Watcher {
	return &Watcher{members: make(map[string]int), changes: make(chan string), refresh: refresh}
}

func (w *Watcher) fill(names []string) {
	for i, name := range names {
		w.members[name] = i
	}
}

func (w *Watcher) watch() {
	go func() {
		for name := range w.changes {
			w.members[name]++
		}
	}()
}

func (w *Watcher) StartMember(self string) {
	w.fill(w.refresh())
	w.members[self] = 0
	w.watch()
}

func (w *Watcher) StartClient() {
	w.fill(w.refresh())
	w.watch()
}
