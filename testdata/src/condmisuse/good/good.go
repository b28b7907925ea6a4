// Package good holds near misses: every wait is ended.
package good

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

func (q *queue) take() int {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.cond.Wait()
	}
	v := q.items[0]
	q.items = q.items[1:]
	return v
}

func await() int {
	q := newQueue()
	go q.put(1)
	return q.take()
}

func (q *queue) shut() {
	q.mu.Lock()
	q.open = false
	q.mu.Unlock()
	q.cond.Broadcast()
}

func drain() {
	q := newQueue()
	for range 2 {
		go func() {
			q.mu.Lock()
			defer q.mu.Unlock()
			for q.open {
				q.cond.Wait()
			}
		}()
	}
	q.shut()
}

// Callers elsewhere may signal.
func (q *queue) wait() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for q.open {
		q.cond.Wait()
	}
}
