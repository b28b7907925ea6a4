package bad

import (
	"sync"
	"time"
)

// ticket has a lock of its own; the office has one for all tickets.
type ticket struct {
	mu    sync.Mutex
	until time.Time
}

func (t *ticket) extend(d time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.until = time.Now().Add(d)
}

type office struct {
	mu      sync.RWMutex
	tickets map[int]*ticket
	stop    chan struct{}
}

func open() *office {
	o := &office{tickets: make(map[int]*ticket), stop: make(chan struct{})}
	go o.clean()
	return o
}

func (o *office) Issue(n int) {
	t := &ticket{}
	t.extend(time.Minute)
	o.mu.Lock()
	defer o.mu.Unlock()
	o.tickets[n] = t
}

func (o *office) Renew(n int) bool {
	o.mu.RLock()
	t := o.tickets[n]
	o.mu.RUnlock()
	if t == nil {
		return false
	}
	t.extend(time.Minute)
	return true
}

// clean holds a lock, but not the one that goes with the field.
func (o *office) clean() {
	for {
		select {
		case <-o.stop:
			return
		case <-time.After(time.Second):
		}
		o.mu.Lock()
		for n, t := range o.tickets {
			if time.Now().After(t.until) { // want `t.until is read here while .* \(other side holds t.mu\)`
				delete(o.tickets, n)
			}
		}
		o.mu.Unlock()
	}
}

func (o *office) Close() { close(o.stop) }
