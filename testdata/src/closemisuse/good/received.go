package good

import (
	"sync"
	"sync/atomic"
)

// A desk answers on the channels that it is sent: what comes out of a channel
// that others fill is a channel, and not nil.
type desk struct {
	asked chan chan<- string
	done  chan struct{}
}

func newDesk() *desk { return &desk{asked: make(chan chan<- string), done: make(chan struct{})} }

func (d *desk) Ask() (string, bool) {
	reply := make(chan string)
	select {
	case d.asked <- reply:
	case <-d.done:
		return "", false
	}
	answer, ok := <-reply
	return answer, ok
}

func (d *desk) Answer(text string) bool {
	var reply chan<- string
	select {
	case <-d.done:
		return false
	case reply = <-d.asked:
		select {
		case <-d.done:
			close(reply)
			return false
		default:
		}
	}
	reply <- text
	close(reply)
	return true
}

func (d *desk) Close() { close(d.done) }

// A brake holds writers back while there is a channel behind the pointer.
type brake struct {
	mu       sync.Mutex
	released bool
	held     atomic.Pointer[chan struct{}]
}

func (b *brake) Wait() {
	if ch := b.held.Load(); ch != nil {
		<-*ch
	}
}

func (b *brake) release() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.released {
		return
	}
	b.released = true
	if ch := b.held.Swap(nil); ch != nil {
		close(*ch)
	}
}

type car struct {
	mu    sync.Mutex
	brake *brake
	gone  chan struct{}
}

func (c *car) Leave() {
	c.mu.Lock()
	c.mu.Unlock()
	c.brake.release()
	close(c.gone)
}
