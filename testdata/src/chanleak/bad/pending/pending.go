// Package pending holds clients of connections whose reader ends and forgets
// those who wait for an answer.
package pending

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"sync"
)

var errClosed = errors.New("closed")

type message struct {
	ID   uint64
	Body json.RawMessage
	Fail string
}

// link keeps the channels themselves.
type link struct {
	conn net.Conn
	enc  *json.Encoder
	log  func(message)

	mu     sync.Mutex
	last   uint64
	open   map[uint64]chan message
	closed bool
}

func dial(addr string, log func(message)) (*link, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	l := &link{conn: conn, enc: json.NewEncoder(conn), log: log, open: make(map[uint64]chan message)}
	go l.read()
	return l, nil
}

func (l *link) read() {
	dec := json.NewDecoder(l.conn)
	for {
		var m message
		if err := dec.Decode(&m); err != nil {
			l.mu.Lock()
			l.closed = true
			l.mu.Unlock()
			return
		}
		l.mu.Lock()
		answer, ok := l.open[m.ID]
		delete(l.open, m.ID)
		l.mu.Unlock()
		if !ok {
			l.log(m)
			continue
		}
		answer <- m
	}
}

func (l *link) Ask(body json.RawMessage) (json.RawMessage, error) {
	answer := make(chan message, 1)
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return nil, errClosed
	}
	l.last++
	id := l.last
	l.open[id] = answer
	err := l.enc.Encode(message{ID: id, Body: body})
	l.mu.Unlock()
	if err != nil {
		return nil, fmt.Errorf("ask: %w", err)
	}
	m := <-answer // want `the goroutine started at pending.go:40 ends without an answer for those left in open: who waits here then waits for ever`
	if m.Fail != "" {
		return nil, errors.New(m.Fail)
	}
	return m.Body, nil
}

// call is what session keeps in its map.
type call struct {
	number int
	answer string
	done   chan struct{}
}

type session struct {
	lines func() (int, string, error)
	write func(int, string) error

	mu    sync.Mutex
	calls map[int]*call
}

func newSession(lines func() (int, string, error), write func(int, string) error) *session {
	s := &session{lines: lines, write: write, calls: make(map[int]*call)}
	go func() {
		if err := s.serve(); err != io.EOF {
			fmt.Println(err)
		}
		s.mu.Lock()
		clear(s.calls)
		s.mu.Unlock()
	}()
	return s
}

func (s *session) serve() error {
	for {
		number, text, err := s.lines()
		if err != nil {
			return err
		}
		s.finish(number, text)
	}
}

func (s *session) finish(number int, text string) {
	s.mu.Lock()
	c := s.calls[number]
	delete(s.calls, number)
	s.mu.Unlock()
	if c != nil {
		c.answer = text
		close(c.done)
	}
}

func (s *session) begin(text string) (*call, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := &call{number: len(s.calls), done: make(chan struct{})}
	s.calls[c.number] = c
	if err := s.write(c.number, text); err != nil {
		delete(s.calls, c.number)
		close(c.done)
		return nil, err
	}
	return c, nil
}

func (s *session) Do(text string) (string, error) {
	c, err := s.begin(text)
	if err != nil {
		return "", err
	}
	<-c.done // want `the goroutine started at pending.go:\d+ ends without an answer for those left in calls|nobody sends on c.done`
	return c.answer, nil
}
