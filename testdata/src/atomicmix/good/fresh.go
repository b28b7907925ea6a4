package good

import (
	"sync/atomic"
	"time"
)

type clock struct {
	last   atomic.Value
	closed chan struct{}
}

// newClock puts a value into its place when it has what it begins with.
func newClock() *clock {
	last := atomic.Value{}
	last.Store(time.Now())
	c := &clock{last: last, closed: make(chan struct{})}
	return c
}

func (c *clock) touch() { c.last.Store(time.Now()) }

func (c *clock) idle() time.Duration { return time.Since(c.last.Load().(time.Time)) }
