package bad

import (
	"context"
	"maps"
	"slices"
	"sync"
)

// bus sends to a copy of its list, which others leave meanwhile.
type bus struct {
	mu   sync.RWMutex
	subs map[int]*sub
	next int
	sent int
}

type sub struct {
	id     int
	events chan string
}

// Bus is what code outside uses.
type Bus struct{ inner bus }

func (b *Bus) Subscribe() (<-chan string, func()) {
	s := b.inner.add()
	return s.events, func() { b.inner.remove(s.id) }
}

func (b *bus) add() *sub {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.next++
	s := &sub{id: b.next, events: make(chan string, 16)}
	b.subs[s.id] = s
	return s
}

func (b *bus) remove(id int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s, ok := b.subs[id]; ok {
		delete(b.subs, id)
		close(s.events)
	}
}

func (b *bus) current() []*sub {
	b.mu.RLock()
	defer b.mu.RUnlock()
	return slices.Collect(maps.Values(b.subs))
}

func (b *Bus) Publish(event string) {
	for _, s := range b.inner.current() {
		select {
		case s.events <- event: // want `is sent on here without b.mu, under which it is closed at unlocked.go:\d+: a send that comes after panics`
		default:
		}
	}
}

// Queue has a flag that only Close asks for.
type Queue[T any] struct {
	items chan T
	done  chan struct{}

	mu      sync.Mutex
	closed  bool
	dropped int
}

func NewQueue[T any](n int, handle func(T)) *Queue[T] {
	q := &Queue[T]{items: make(chan T, n), done: make(chan struct{})}
	go func() {
		defer close(q.done)
		for item := range q.items {
			handle(item)
		}
	}()
	return q
}

func (q *Queue[T]) Add(item T) {
	select {
	case q.items <- item: // want `q.items is sent on here without q.mu, under which it is closed`
	default:
		q.mu.Lock()
		q.dropped++
		q.mu.Unlock()
	}
}

func (q *Queue[T]) Close(ctx context.Context) error {
	q.mu.Lock()
	if q.closed {
		q.mu.Unlock()
		return nil
	}
	q.closed = true
	close(q.items)
	q.mu.Unlock()
	select {
	case <-q.done:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
