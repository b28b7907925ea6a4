package bad

import (
	"container/list"
	"context"
	"errors"
	"strings"
	"sync"
	"time"
)

// This file holds answers on unbuffered channels whose askers wait elsewhere
// than where they make them, and may be gone.

// An expectation is met by the first line with its prefix.
type expectation struct {
	prefix string
	met    chan string
}

type transcript struct {
	mu       sync.Mutex
	lines    []string
	expected []*expectation
}

// Expect returns what waits for a line.
func (t *transcript) Expect(prefix string, timeout time.Duration) func() (string, error) {
	e := &expectation{prefix: prefix, met: make(chan string)}
	t.mu.Lock()
	t.expected = append(t.expected, e)
	t.mu.Unlock()
	return func() (string, error) {
		select {
		case line := <-e.met:
			return line, nil
		case <-time.After(timeout):
			return "", errors.New("no line with " + prefix)
		}
	}
}

func (t *transcript) Add(line string) {
	t.mu.Lock()
	t.lines = append(t.lines, line)
	var still, met []*expectation
	for _, e := range t.expected {
		if strings.HasPrefix(line, e.prefix) {
			met = append(met, e)
		} else {
			still = append(still, e)
		}
	}
	t.expected = still
	t.mu.Unlock()
	for _, e := range met {
		e.met <- line // want `e.met is unbuffered, and who asked may have left at askedonce.go:\d+: this send then waits for ever`
	}
}

// An invocation is a call under way, whose answer comes under its number.
type invocation struct {
	method string
	result chan []byte
}

func (i *invocation) wait(ctx context.Context) ([]byte, error) {
	select {
	case data := <-i.result:
		return data, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

type remote struct {
	mu    sync.Mutex
	last  int
	calls map[int]*invocation
	write func(int, string) error
	read  func() (int, []byte, error)
}

func (r *remote) Call(ctx context.Context, method string) ([]byte, error) {
	i := &invocation{method: method, result: make(chan []byte)}
	r.mu.Lock()
	r.last++
	number := r.last
	r.calls[number] = i
	r.mu.Unlock()
	if err := r.write(number, method); err != nil {
		return nil, err
	}
	return i.wait(ctx)
}

func (r *remote) loop() error {
	for {
		number, data, err := r.read()
		if err != nil {
			return err
		}
		r.mu.Lock()
		i, ok := r.calls[number]
		delete(r.calls, number)
		r.mu.Unlock()
		if ok {
			i.result <- data // want `i.result is unbuffered, and who asked may have left`
		}
	}
}

// A ticket is what a visitor gets who is served later.
type ticket[T any] struct {
	ready chan T
}

func (t ticket[T]) Get(timeout time.Duration) (value T, ok bool) {
	timer := time.NewTimer(timeout)
	defer timer.Stop()
	select {
	case value = <-t.ready:
		return value, true
	case <-timer.C:
		return value, false
	}
}

type counter[T any] struct {
	tickets chan ticket[T]
	serve   func() T
}

func newCounter(serve func() int) *counter[int] {
	c := &counter[int]{tickets: make(chan ticket[int], 8), serve: serve}
	go c.run()
	return c
}

func (c *counter[T]) Draw() ticket[T] {
	t := ticket[T]{ready: make(chan T)}
	c.tickets <- t
	return t
}

func (c *counter[T]) run() {
	for t := range c.tickets {
		c.finish(t)
	}
}

func (c *counter[T]) finish(t ticket[T]) {
	t.ready <- c.serve() // want `t.ready is unbuffered, and who asked may have left`
}

// A turnstile lets those in who wait longest.
type turnstile struct {
	mu    sync.Mutex
	queue list.List
}

type guest struct{ enter chan int }

func (t *turnstile) Queue() *guest {
	g := &guest{enter: make(chan int)}
	t.mu.Lock()
	t.queue.PushBack(g)
	t.mu.Unlock()
	return g
}

func (g *guest) Wait(ctx context.Context) (int, error) {
	select {
	case number := <-g.enter:
		return number, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (t *turnstile) Turn(number int) {
	t.mu.Lock()
	first := t.queue.Front()
	if first == nil {
		t.mu.Unlock()
		return
	}
	t.queue.Remove(first)
	t.mu.Unlock()
	first.Value.(*guest).enter <- number // want `first.Value.\(\*guest\).enter is unbuffered, and who asked may have left`
}
