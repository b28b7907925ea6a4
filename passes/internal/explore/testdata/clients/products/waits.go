package products

import (
	"context"
	"errors"
	"sync"
)

var errGone = errors.New("gone")

// Room's loop may have ended between the two sends.
type Room struct {
	enter chan int
	exit  chan int
	done  chan struct{}
}

func NewRoom() *Room {
	return &Room{make(chan int), make(chan int), make(chan struct{})}
}

func (r *Room) Run(ctx context.Context) {
	defer close(r.done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-r.enter:
		case <-r.exit:
		}
	}
}

func (r *Room) Visit(id int, see func()) error {
	select {
	case r.enter <- id:
	case <-r.done:
		return errGone
	}
	see()
	r.exit <- id // want "send"
	return nil
}

// Hall's guests see that it was closed.
type Hall struct {
	enter chan int
	exit  chan int
	done  chan struct{}
}

func NewHall() *Hall {
	return &Hall{make(chan int), make(chan int), make(chan struct{})}
}

func (h *Hall) Run(ctx context.Context) {
	defer close(h.done)
	for {
		select {
		case <-ctx.Done():
			return
		case <-h.enter:
		case <-h.exit:
		}
	}
}

func (h *Hall) Visit(id int, see func()) error {
	select {
	case h.enter <- id:
	case <-h.done:
		return errGone
	}
	see()
	select {
	case h.exit <- id:
	case <-h.done:
	}
	return nil
}

// Desk's goroutine ends when its source fails, and nobody takes the order to
// stop.
type Desk struct {
	stop chan struct{}
	next func() (string, error)
}

func NewDesk(next func() (string, error)) *Desk {
	d := &Desk{stop: make(chan struct{}), next: next}
	go d.serve()
	return d
}

func (d *Desk) serve() {
	for {
		select {
		case <-d.stop:
			return
		default:
		}
		if _, err := d.next(); err != nil {
			return
		}
	}
}

func (d *Desk) Close() {
	d.stop <- struct{}{} // want "send"
}

// Booth can be opened again: another goroutine takes it then.
type Booth struct {
	stop chan struct{}
	next func() (string, error)
}

func NewBooth(next func() (string, error)) *Booth {
	b := &Booth{stop: make(chan struct{}), next: next}
	b.Open()
	return b
}

func (b *Booth) Open() { go b.serve() }

func (b *Booth) serve() {
	for {
		select {
		case <-b.stop:
			return
		default:
		}
		if _, err := b.next(); err != nil {
			return
		}
	}
}

func (b *Booth) Close() {
	b.stop <- struct{}{}
}

// Teller's question is answered by whom it keeps out.
type Teller struct {
	mu  sync.Mutex
	ask chan chan int
	put chan int
	n   int
}

func NewTeller() *Teller {
	c := &Teller{ask: make(chan chan int), put: make(chan int)}
	go c.count()
	return c
}

func (c *Teller) count() {
	for {
		select {
		case reply := <-c.ask:
			reply <- c.n
		case v := <-c.put:
			c.mu.Lock() // want "lock blocked"
			c.n += v
			c.mu.Unlock()
		}
	}
}

func (c *Teller) Put(v int) { c.put <- v }

func (c *Teller) Count() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	reply := make(chan int, 1)
	c.ask <- reply // want "lock blocked"
	return <-reply
}

// Heap has room for more than there is memory.
type Heap struct {
	mu    sync.Mutex
	ready chan struct{}
	list  []string
}

func NewHeap() *Heap { return &Heap{ready: make(chan struct{}, 1<<50)} }

func (h *Heap) Push(s string) {
	h.mu.Lock()
	h.list = append(h.list, s)
	h.mu.Unlock()
	h.ready <- struct{}{}
}

func (h *Heap) Pop() string {
	if _, ok := <-h.ready; !ok {
		return ""
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	s := h.list[0]
	h.list = h.list[1:]
	return s
}

func (h *Heap) Close() { close(h.ready) }
