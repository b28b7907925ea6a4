package good

import (
	"context"
	"sync"
	"time"
)

// A flush is what one write of several callers becomes. Its results are there
// when done is closed.
type flush struct {
	items   []string
	results []int
	err     error
	done    chan struct{}
	timer   *time.Timer
}

// Coalescer writes what several callers have at once.
type Coalescer struct {
	write func(items []string) ([]int, error)
	limit int
	delay time.Duration

	mu  sync.Mutex
	cur *flush
	wg  sync.WaitGroup
}

func (c *Coalescer) add(item string) (*flush, int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.cur == nil {
		f := &flush{done: make(chan struct{})}
		f.timer = time.AfterFunc(c.delay, func() {
			c.mu.Lock()
			defer c.mu.Unlock()
			if c.cur == f {
				c.detach()
			}
		})
		c.cur = f
	}
	f := c.cur
	f.items = append(f.items, item)
	if len(f.items) >= c.limit {
		c.detach()
	}
	return f, len(f.items) - 1
}

func (c *Coalescer) detach() {
	f := c.cur
	c.cur = nil
	f.timer.Stop()
	c.wg.Add(1)
	go func() {
		defer c.wg.Done()
		defer close(f.done)
		f.results, f.err = c.write(f.items)
	}()
}

// Add writes one item and returns its number.
func (c *Coalescer) Add(ctx context.Context, item string) (int, error) {
	f, at := c.add(item)
	select {
	case <-f.done:
	case <-ctx.Done():
		return 0, ctx.Err()
	}
	if f.err != nil {
		return 0, f.err
	}
	return f.results[at], nil
}

// Close waits for all that was added.
func (c *Coalescer) Close() {
	c.mu.Lock()
	if c.cur != nil {
		c.detach()
	}
	c.mu.Unlock()
	c.wg.Wait()
}
