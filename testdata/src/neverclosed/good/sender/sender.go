// Package sender has receivers whose senders stay, or tell that they end.
package sender

import (
	"bufio"
	"net"
	"time"
)

// A session's reader closes the channel.
type session struct {
	conn   net.Conn
	frames chan string
}

func serve(conn net.Conn, handle func(string)) {
	s := &session{conn: conn, frames: make(chan string)}
	go s.read()
	go func() {
		for f := range s.frames {
			handle(f)
		}
	}()
}

func (s *session) read() {
	defer close(s.frames)
	for lines := bufio.NewScanner(s.conn); lines.Scan(); {
		s.frames <- lines.Text()
	}
}

// A clock's sender goes on for ever.
type clock struct{ ticks chan time.Time }

func newClock(show func(time.Time)) *clock {
	c := &clock{ticks: make(chan time.Time)}
	go c.run()
	go func() {
		for t := range c.ticks {
			show(t)
		}
	}()
	return c
}

func (c *clock) run() {
	for {
		time.Sleep(time.Second)
		c.ticks <- time.Now()
	}
}

// A relay has another sender besides the goroutine.
type relay struct{ posts chan string }

func newRelay(conn net.Conn, print func(string)) *relay {
	r := &relay{posts: make(chan string)}
	go r.read(conn)
	go r.print(print)
	return r
}

func (r *relay) read(conn net.Conn) {
	for lines := bufio.NewScanner(conn); lines.Scan(); {
		r.posts <- lines.Text()
	}
}

func (r *relay) Post(text string) { r.posts <- text }

func (r *relay) print(print func(string)) {
	for text := range r.posts {
		print(text)
	}
}

// A probe's receiver is told to stop.
type probe struct {
	samples chan int
	stop    chan struct{}
}

func newProbe(read func() (int, error), keep func(int)) *probe {
	p := &probe{samples: make(chan int), stop: make(chan struct{})}
	go func() {
		defer close(p.stop)
		for {
			n, err := read()
			if err != nil {
				return
			}
			p.samples <- n
		}
	}()
	go func() {
		for {
			select {
			case n := <-p.samples:
				keep(n)
			case <-p.stop:
				return
			}
		}
	}()
	return p
}

// A count ends with a value that says so.
type count struct{ numbers chan int }

func newCount(upTo int, say func(int)) *count {
	c := &count{numbers: make(chan int)}
	go func() {
		for i := range upTo {
			c.numbers <- i
		}
		c.numbers <- -1
	}()
	go func() {
		for n := range c.numbers {
			if n < 0 {
				return
			}
			say(n)
		}
	}()
	return c
}

// A switchboard gets a line now and then, whose goroutine sends on the one
// channel of all.
type switchboard struct{ calls chan string }

func newSwitchboard(answer func(string)) *switchboard {
	s := &switchboard{calls: make(chan string)}
	go func() {
		for call := range s.calls {
			answer(call)
		}
	}()
	return s
}

func (s *switchboard) Connect(conn net.Conn) {
	go func() {
		for lines := bufio.NewScanner(conn); lines.Scan(); {
			s.calls <- lines.Text()
		}
	}()
}
