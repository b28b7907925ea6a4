package pending

import (
	"bufio"
	"io"
	"strings"
	"sync"
	"sync/atomic"
)

// bridge keeps the channels of its callers in a sync.Map.
type bridge struct {
	rw      io.ReadWriter
	last    atomic.Uint64
	waiting sync.Map // of chan string
}

func newBridge(rw io.ReadWriter) *bridge {
	b := &bridge{rw: rw}
	go b.receive()
	return b
}

func (b *bridge) receive() {
	lines := bufio.NewScanner(b.rw)
	for lines.Scan() {
		number, text, ok := strings.Cut(lines.Text(), " ")
		if !ok {
			continue
		}
		if answer, ok := b.waiting.LoadAndDelete(number); ok {
			answer.(chan string) <- text
		}
	}
}

func (b *bridge) Ask(number, text string) (string, error) {
	answer := make(chan string, 1)
	b.waiting.Store(number, answer)
	defer b.waiting.Delete(number)
	if _, err := io.WriteString(b.rw, number+" "+text+"\n"); err != nil {
		return "", err
	}
	return <-answer, nil // want `the goroutine started at syncmap.go:20 ends without an answer for those left in waiting: who waits here then waits for ever`
}

// order is what a courier's callers wait for.
type order struct {
	text  string
	ready chan struct{}
}

// courier keeps objects with a channel.
type courier struct {
	next   func() (string, string, error)
	orders sync.Map // of *order
}

func newCourier(next func() (string, string, error)) *courier {
	c := &courier{next: next}
	go c.deliver()
	return c
}

func (c *courier) deliver() {
	for {
		name, text, err := c.next()
		if err != nil {
			return
		}
		c.hand(name, text)
	}
}

func (c *courier) hand(name, text string) {
	found, ok := c.orders.Load(name)
	if !ok {
		return
	}
	c.orders.Delete(name)
	o := found.(*order)
	o.text = text
	close(o.ready)
}

func (c *courier) Order(name string) string {
	o := &order{ready: make(chan struct{})}
	c.orders.Store(name, o)
	<-o.ready // want `the goroutine started at syncmap.go:\d+ ends without an answer for those left in orders|nobody sends on o.ready`
	return o.text
}
