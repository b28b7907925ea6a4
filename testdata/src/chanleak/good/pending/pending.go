// Package pending holds clients of connections that forget nobody who waits
// for an answer.
package pending

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"sync"
)

var errClosed = errors.New("closed")

type message struct {
	ID   uint64
	Body json.RawMessage
}

// link tells those who are left when its reader ends.
type link struct {
	in  *json.Decoder
	out *json.Encoder

	mu   sync.Mutex
	last uint64
	open map[uint64]chan message
}

func newLink(rw io.ReadWriter) *link {
	l := &link{in: json.NewDecoder(rw), out: json.NewEncoder(rw), open: make(map[uint64]chan message)}
	go l.read()
	return l
}

func (l *link) read() {
	defer l.end()
	for {
		var m message
		if err := l.in.Decode(&m); err != nil {
			return
		}
		l.mu.Lock()
		answer := l.open[m.ID]
		delete(l.open, m.ID)
		l.mu.Unlock()
		if answer != nil {
			answer <- m
		}
	}
}

func (l *link) end() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for id, answer := range l.open {
		delete(l.open, id)
		close(answer)
	}
}

func (l *link) Ask(body json.RawMessage) (json.RawMessage, error) {
	answer := make(chan message, 1)
	l.mu.Lock()
	l.last++
	l.open[l.last] = answer
	err := l.out.Encode(message{ID: l.last, Body: body})
	l.mu.Unlock()
	if err != nil {
		return nil, err
	}
	m, ok := <-answer
	if !ok {
		return nil, errClosed
	}
	return m.Body, nil
}

// patient waits for its context as well.
type patient struct {
	in  *json.Decoder
	out *json.Encoder

	mu   sync.Mutex
	last uint64
	open map[uint64]chan message
}

func newPatient(rw io.ReadWriter) *patient {
	p := &patient{in: json.NewDecoder(rw), out: json.NewEncoder(rw), open: make(map[uint64]chan message)}
	go p.read()
	return p
}

func (p *patient) read() {
	for {
		var m message
		if err := p.in.Decode(&m); err != nil {
			return
		}
		p.mu.Lock()
		answer := p.open[m.ID]
		delete(p.open, m.ID)
		p.mu.Unlock()
		if answer != nil {
			answer <- m
		}
	}
}

func (p *patient) Ask(ctx context.Context, body json.RawMessage) (json.RawMessage, error) {
	answer := make(chan message, 1)
	p.mu.Lock()
	p.last++
	p.open[p.last] = answer
	err := p.out.Encode(message{ID: p.last, Body: body})
	p.mu.Unlock()
	if err != nil {
		return nil, err
	}
	select {
	case m := <-answer:
		return m.Body, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// board is answered by whoever calls Answer; its goroutine only sweeps.
type board struct {
	mu    sync.Mutex
	calls map[int]*call
	stale func() (int, bool)
}

type call struct{ done chan string }

func newBoard(stale func() (int, bool)) *board {
	b := &board{calls: make(map[int]*call), stale: stale}
	go b.sweep()
	return b
}

func (b *board) sweep() {
	for {
		number, ok := b.stale()
		if !ok {
			return
		}
		b.Answer(number, "")
	}
}

func (b *board) Answer(number int, text string) {
	b.mu.Lock()
	c := b.calls[number]
	delete(b.calls, number)
	b.mu.Unlock()
	if c != nil {
		c.done <- text
	}
}

func (b *board) Do(number int) string {
	c := &call{done: make(chan string, 1)}
	b.mu.Lock()
	b.calls[number] = c
	b.mu.Unlock()
	return <-c.done
}

// moved takes the map away and tells all who are in it.
type moved struct {
	next func() (int, error)

	mu   sync.Mutex
	open map[int]chan error
}

func newMoved(next func() (int, error)) *moved {
	m := &moved{next: next, open: make(map[int]chan error)}
	go m.run()
	return m
}

func (m *moved) run() {
	for {
		number, err := m.next()
		m.mu.Lock()
		if err != nil {
			left := m.open
			m.open = nil
			m.mu.Unlock()
			for _, answer := range left {
				answer <- err
			}
			return
		}
		answer := m.open[number]
		delete(m.open, number)
		m.mu.Unlock()
		if answer != nil {
			answer <- nil
		}
	}
}

func (m *moved) Wait(number int) error {
	answer := make(chan error, 1)
	m.mu.Lock()
	m.open[number] = answer
	m.mu.Unlock()
	return <-answer
}
