package generic

import (
	"errors"
	"sync"
)

// Latch is closed by whoever comes first, but two may look at a time.
type Latch[T any] struct {
	mu   sync.Mutex
	set  bool
	done chan struct{}
	v    T
}

func NewLatch[T any]() *Latch[T] { return &Latch[T]{done: make(chan struct{})} }

func (l *Latch[T]) isSet() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.set
}

func (l *Latch[T]) finish(v T) {
	l.mu.Lock()
	l.set, l.v = true, v
	l.mu.Unlock()
	close(l.done) // want "double close" "sync race"
}

func (l *Latch[T]) Set(v T) {
	if !l.isSet() {
		l.finish(v)
	}
}

func (l *Latch[T]) Cancel() {
	if !l.isSet() {
		var zero T
		l.finish(zero)
	}
}

// Bolt looks and closes under one lock.
type Bolt[T any] struct {
	mu   sync.Mutex
	set  bool
	done chan struct{}
	v    T
}

func NewBolt[T any]() *Bolt[T] { return &Bolt[T]{done: make(chan struct{})} }

func (b *Bolt[T]) finish(v T) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.set {
		b.set, b.v = true, v
		close(b.done)
	}
}

func (b *Bolt[T]) Set(v T) { b.finish(v) }

func (b *Bolt[T]) Cancel() {
	var zero T
	b.finish(zero)
}

// Agency answers under its own lock, which its goroutine needs.
type Agency[T any] struct {
	mu    sync.Mutex
	asked chan chan T
	news  chan T
	last  T
}

func NewAgency[T any]() *Agency[T] {
	a := &Agency[T]{asked: make(chan chan T), news: make(chan T)}
	go a.work()
	return a
}

func (a *Agency[T]) work() {
	for {
		select {
		case reply := <-a.asked:
			reply <- a.last
		case v := <-a.news:
			a.mu.Lock() // want "lock blocked"
			a.last = v
			a.mu.Unlock()
		}
	}
}

func (a *Agency[T]) Tell(v T) { a.news <- v }

func (a *Agency[T]) Last() T {
	a.mu.Lock()
	defer a.mu.Unlock()
	reply := make(chan T, 1)
	a.asked <- reply // want "lock blocked"
	return <-reply
}

// Archive asks before it locks.
type Archive[T any] struct {
	mu    sync.Mutex
	asked chan chan T
	news  chan T
	last  T
	seen  int
}

func NewArchive[T any]() *Archive[T] {
	a := &Archive[T]{asked: make(chan chan T), news: make(chan T)}
	go a.work()
	return a
}

func (a *Archive[T]) work() {
	for {
		select {
		case reply := <-a.asked:
			reply <- a.last
		case v := <-a.news:
			a.mu.Lock()
			a.seen++
			a.mu.Unlock()
			a.last = v
		}
	}
}

func (a *Archive[T]) Tell(v T) { a.news <- v }

func (a *Archive[T]) Last() (T, int, error) {
	reply := make(chan T, 1)
	a.asked <- reply
	v := <-reply
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.seen == 0 {
		return v, 0, errors.New("nothing yet")
	}
	return v, a.seen, nil
}
