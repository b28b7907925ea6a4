// Package telemetry flushes what it has collected at the end.
package telemetry

import (
	"context"
	"log"
	"os"
	"os/signal"
)

type Provider struct{ queue []string }

func (p *Provider) Shutdown(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	default:
	}
	p.queue = nil
	return nil
}

func (p *Provider) ForceFlush(ctx context.Context) error { return ctx.Err() }

// Run flushes when it is too late.
func Run(work func(context.Context)) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	p := new(Provider)
	defer func() {
		if err := p.Shutdown(ctx); err != nil { // want `ctx is already done when p.Shutdown is called: Shutdown gives up at once`
			log.Println(err)
		}
	}()
	go work(ctx)
	<-ctx.Done()
	return nil
}

// Cancelled cancels before.
func Cancelled(work func(context.Context)) error {
	ctx, cancel := context.WithCancel(context.Background())
	p := new(Provider)
	work(ctx)
	cancel()
	if err := p.ForceFlush(ctx); err != nil { // want `ctx is already done when p.ForceFlush is called: ForceFlush gives up at once`
		return err
	}
	return p.Shutdown(context.WithoutCancel(ctx))
}

// Ordered defers in the wrong order: cancel runs first.
func Ordered(work func(context.Context)) {
	ctx, cancel := context.WithCancel(context.Background())
	p := new(Provider)
	defer p.Shutdown(ctx) // want `ctx is already done when p.Shutdown is called`
	defer cancel()
	work(ctx)
}
