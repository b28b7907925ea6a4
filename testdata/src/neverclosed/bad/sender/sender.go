// Package sender has receivers whose only sender comes to an end.
package sender

import (
	"bufio"
	"context"
	"io"
	"net"
	"strings"
	"sync"
)

// A session reads the frames of a connection on one goroutine, and handles
// them on another.
type session struct {
	conn   net.Conn
	frames chan string
	handle func(string)
}

func serve(l net.Listener, handle func(string)) error {
	for {
		conn, err := l.Accept()
		if err != nil {
			return err
		}
		s := &session{conn: conn, frames: make(chan string, 16), handle: handle}
		go s.read()
		go s.work()
	}
}

func (s *session) read() {
	lines := bufio.NewScanner(s.conn)
	for lines.Scan() {
		s.frames <- lines.Text()
	}
}

func (s *session) work() {
	for f := range s.frames { // want `range over s.frames never ends: its only sender, started at sender.go:\d+, ends, and nothing closes s.frames`
		s.handle(f)
	}
}

// An outbox keeps what is sent to it until its peer takes it.
type outbox struct {
	in      chan string
	out     chan string
	deliver func(string)
}

func newOutbox(deliver func(string)) *outbox {
	o := &outbox{in: make(chan string), out: make(chan string), deliver: deliver}
	go o.queue()
	go o.send()
	return o
}

func (o *outbox) Put(text string) { o.in <- text }

func (o *outbox) NoMore() { close(o.in) }

func (o *outbox) queue() {
	var waiting []string
	for {
		var (
			next  chan<- string
			first string
		)
		if len(waiting) > 0 {
			next, first = o.out, waiting[0]
		}
		select {
		case text, ok := <-o.in:
			if !ok {
				return
			}
			waiting = append(waiting, text)
		case next <- first:
			waiting = waiting[1:]
		}
	}
}

func (o *outbox) send() {
	for {
		text, ok := <-o.out // want `loop over o.out never ends: its only sender, started at sender.go:\d+, returns at sender.go:\d+, and nothing closes o.out`
		if !ok {
			return
		}
		o.deliver(text)
	}
}

// A tail is over when its context is, for the goroutine that reads.
type tail struct {
	lines chan string
	last  []string
	mu    sync.Mutex
}

func follow(ctx context.Context, next func() (string, error)) *tail {
	t := &tail{lines: make(chan string)}
	go func() {
		for ctx.Err() == nil {
			line, err := next()
			if err == io.EOF {
				return
			}
			t.emit(strings.TrimSpace(line))
		}
	}()
	go t.keep()
	return t
}

func (t *tail) emit(line string) { t.lines <- line }

func (t *tail) keep() {
	for {
		line := <-t.lines // want `loop over t.lines never ends: its only sender, started at sender.go:\d+, returns at sender.go:\d+, and nothing closes t.lines`
		t.mu.Lock()
		t.last = append(t.last, line)
		t.mu.Unlock()
	}
}
