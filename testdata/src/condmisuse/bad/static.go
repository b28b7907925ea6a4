package bad

import "sync"

// buffer has three mistakes: one waits in an if, one closes and tells nobody,
// and one waits for what nobody announces.
type buffer[T any] struct {
	mu       sync.Mutex
	notEmpty *sync.Cond
	notFull  *sync.Cond
	drained  *sync.Cond
	items    []T
	closed   bool
}

func newBuffer[T any]() *buffer[T] {
	q := &buffer[T]{}
	q.notEmpty = sync.NewCond(&q.mu)
	q.notFull = sync.NewCond(&q.mu)
	q.drained = sync.NewCond(&q.mu)
	return q
}

func (q *buffer[T]) push(v T) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) > 10 && !q.closed {
		q.notFull.Wait()
	}
	q.items = append(q.items, v)
	q.notEmpty.Signal()
}

func (q *buffer[T]) pop() (v T, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.items) == 0 && !q.closed {
		q.notEmpty.Wait() // want `q.notEmpty.Wait is in an if, not in a loop: when it returns, somebody else may have changed what it waited for`
	}
	if len(q.items) == 0 {
		return v, false
	}
	v = q.items[0]
	q.items = q.items[1:]
	q.notFull.Signal()
	return v, true
}

func (q *buffer[T]) peek() T {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) == 0 {
		q.notEmpty.Wait()
	}
	return q.items[0]
}

func (q *buffer[T]) flush() {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.items) > 0 {
		q.drained.Wait() // want `q.drained.Wait waits here for ever: nothing in the package calls q.drained.Signal or Broadcast`
	}
}

func (q *buffer[T]) close() {
	q.mu.Lock()
	q.closed = true // want `q.closed is set here without a Signal or Broadcast: who waits at static.go:28 waits on`
	q.mu.Unlock()
}
