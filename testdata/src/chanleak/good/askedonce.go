package good

import (
	"context"
	"errors"
	"strings"
	"sync"
	"time"
)

// This file holds channels of objects that are waited for in selects with a
// timeout, and whose senders come to no harm.

// An expectation has room for its line.
type expectation struct {
	prefix string
	met    chan string
}

type transcript struct {
	mu       sync.Mutex
	expected []*expectation
}

func (t *transcript) Expect(prefix string, timeout time.Duration) func() (string, error) {
	e := &expectation{prefix: prefix, met: make(chan string, 1)}
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
	var met []*expectation
	all := t.expected
	t.expected = nil
	for _, e := range all {
		if strings.HasPrefix(line, e.prefix) {
			met = append(met, e)
		} else {
			t.expected = append(t.expected, e)
		}
	}
	t.mu.Unlock()
	for _, e := range met {
		e.met <- line
	}
}

// A subscription is a stream: its reader comes back for the next event, and
// the board waits for it meanwhile.
type subscription struct {
	events chan string
}

func (s *subscription) Next(ctx context.Context) (string, error) {
	select {
	case e := <-s.events:
		return e, nil
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

type board struct {
	join    chan *subscription
	leave   chan string
	post    chan string
	members map[string]*subscription
	rest    []*subscription
}

func newBoard() *board {
	b := &board{join: make(chan *subscription), leave: make(chan string), post: make(chan string), members: make(map[string]*subscription)}
	go b.run()
	return b
}

func (b *board) Post(event string) { b.post <- event }

func (b *board) Leave(name string) { b.leave <- name }

func (b *board) Subscribe() *subscription {
	s := &subscription{events: make(chan string)}
	b.join <- s
	return s
}

func (b *board) run() {
	for {
		select {
		case s := <-b.join:
			b.rest = append(b.rest, s)
		case name := <-b.leave:
			delete(b.members, name)
			b.rest = b.rest[1:]
		case event := <-b.post:
			for _, s := range b.members {
				s.events <- event
			}
			for _, s := range b.rest {
				s.events <- event
			}
		}
	}
}

// dismiss tells those who stay.
func (b *board) dismiss() {
	b.rest = b.rest[1:]
	for _, s := range b.rest {
		s.events <- "dismissed"
	}
}

// A feed of frames has a goroutine of its own, which its reader comes back to.
type frames struct {
	next chan []byte
	stop chan struct{}
}

func play(read func() ([]byte, error)) *frames {
	f := &frames{next: make(chan []byte), stop: make(chan struct{})}
	go f.run(read)
	return f
}

func (f *frames) run(read func() ([]byte, error)) {
	for {
		data, err := read()
		if err != nil {
			return
		}
		f.next <- data
	}
}

func (f *frames) Poll(timeout time.Duration) []byte {
	select {
	case data := <-f.next:
		return data
	case <-time.After(timeout):
		return nil
	}
}

// A claim is fetched by Settle if Wait has left.
type claim struct {
	amount chan int
}

type office struct {
	claims chan *claim
	judge  func() int
}

func newOffice(judge func() int) *office {
	o := &office{claims: make(chan *claim), judge: judge}
	go o.run()
	return o
}

func (o *office) File() *claim {
	c := &claim{amount: make(chan int)}
	o.claims <- c
	return c
}

func (c *claim) Wait(ctx context.Context) (int, error) {
	select {
	case n := <-c.amount:
		return n, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

func (c *claim) Settle() int { return <-c.amount }

func (o *office) run() {
	for c := range o.claims {
		c.amount <- o.judge()
	}
}
