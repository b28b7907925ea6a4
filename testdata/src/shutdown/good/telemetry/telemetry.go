// Package telemetry flushes while it still can.
package telemetry

import (
	"context"
	"errors"
	"time"
)

type Provider struct{ queue []string }

func (p *Provider) Shutdown(ctx context.Context) error { return ctx.Err() }

// Run flushes before it cancels: deferred calls run in reverse order.
func Run(work func(context.Context)) error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	p := new(Provider)
	defer p.Shutdown(ctx)
	work(ctx)
	return nil
}

// Waited takes a new context for the end.
func Waited(ctx context.Context) error {
	p := new(Provider)
	defer func() {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = p.Shutdown(ctx)
	}()
	<-ctx.Done()
	return nil
}

// Early is done on one way out only, the one that isn't ordinary.
func Early(ctx context.Context, jobs <-chan func()) {
	p := new(Provider)
	defer p.Shutdown(ctx)
	for {
		select {
		case job, ok := <-jobs:
			if !ok {
				return
			}
			job()
		case <-ctx.Done():
			return
		}
	}
}

// Renewed gives the variable another context.
func Renewed(ctx context.Context) error {
	<-ctx.Done()
	ctx = context.Background()
	return new(Provider).Shutdown(ctx)
}

// A batcher hands what it has collected to another one.
type batcher struct {
	stop, idle chan struct{}
	next       *Provider
}

// Shutdown has run out of time where it doesn't wait any longer: it is told to
// give up at once, and so is the next.
func (b *batcher) Shutdown(ctx context.Context) error {
	close(b.stop)
	select {
	case <-b.idle:
	case <-ctx.Done():
		return errors.Join(ctx.Err(), b.next.Shutdown(ctx))
	}
	return b.next.Shutdown(ctx)
}
