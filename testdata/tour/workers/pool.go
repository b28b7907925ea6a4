// Package workers processes orders in the background.
package workers

import (
	"context"
	"log/slog"
	"sync"

	"github.com/goconclint/goconclint/testdata/tour/orders"
)

// A Pool is a fixed number of workers that share a queue of orders.
type Pool struct {
	queue   chan orders.Order
	process func(orders.Order) error
	running sync.WaitGroup
}

// Start returns a pool of n workers that call process for each order.
func Start(n int, process func(orders.Order) error) *Pool {
	p := &Pool{queue: make(chan orders.Order, 8*n), process: process}
	for range n {
		p.running.Go(p.work)
	}
	return p
}

// Submit queues an order. It waits while the queue is full, no longer than
// the context allows.
func (p *Pool) Submit(ctx context.Context, order orders.Order) error {
	select {
	case p.queue <- order:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// Stop waits until all queued orders are processed. Nobody submits any more.
func (p *Pool) Stop() {
	p.running.Wait()
}

func (p *Pool) work() {
	for order := range p.queue {
		if err := p.process(order); err != nil {
			slog.Error("order not processed", "id", order.ID, "err", err)
		}
	}
}
