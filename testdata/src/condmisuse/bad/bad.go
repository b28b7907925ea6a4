// Package bad holds calls of Cond.Wait that nobody wakes.
package bad

import "sync"

type queue struct {
	mu    sync.Mutex
	cond  *sync.Cond
	items []int
	open  bool
}

func newQueue() *queue {
	q := &queue{open: true}
	q.cond = sync.NewCond(&q.mu)
	return q
}

func (q *queue) put(v int) {
	q.mu.Lock()
	q.items = append(q.items, v)
	q.mu.Unlock()
	q.cond.Signal()
}

// The Signal may come first, and is lost.
func await() {
	q := newQueue()
	go q.put(1)
	q.mu.Lock()
	q.cond.Wait() // want `q.cond.Wait waits here for ever: no Signal or Broadcast follows`
	q.mu.Unlock()
}

// The state is set, and nobody is told.
func (q *queue) shut() {
	q.mu.Lock()
	q.open = false
	q.mu.Unlock()
}

func drain() {
	q := newQueue()
	go func() {
		q.mu.Lock()
		defer q.mu.Unlock()
		for q.open {
			q.cond.Wait() // want `q.cond.Wait waits here for ever in the goroutine started at bad.go:\d+: no Signal or Broadcast follows`
		}
	}()
	q.shut()
}
