package good

import (
	"context"
	"sync"

	"golang.org/x/sync/errgroup"
)

type pool struct {
	mu    sync.Mutex
	conns []*int
	max   int
}

func (p *pool) Put(c *int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.conns = append(p.conns, c)
}

func (p *pool) Get() *int {
	p.mu.Lock()
	defer p.mu.Unlock()
	c := p.conns[0]
	p.conns = p.conns[1:]
	return c
}

// Drain waits for its goroutines with the lock held.
func (p *pool) Drain(ctx context.Context) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	g, _ := errgroup.WithContext(ctx)
	for i := range p.conns {
		g.Go(func() error {
			p.conns[i] = nil
			return nil
		})
	}
	err := g.Wait()
	p.conns = nil
	return err
}
