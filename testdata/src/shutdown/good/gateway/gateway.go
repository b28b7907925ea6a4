// Package gateway gives its server time to end.
package gateway

import (
	"context"
	"log"
	"net"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

type Gateway struct {
	srv  *http.Server
	done chan struct{}
	wg   sync.WaitGroup
}

func (g *Gateway) Run(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		if err := g.srv.ListenAndServe(); err != http.ErrServerClosed {
			return err
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		return g.srv.Shutdown(limited)
	})
	return group.Wait()
}

// Start tells its callers when the server is down.
func (g *Gateway) Start(l net.Listener, stop <-chan struct{}) error {
	go func() {
		defer close(g.done)
		<-stop
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = g.srv.Shutdown(ctx)
	}()
	return g.srv.Serve(l)
}

// Served serves in the goroutine, and shuts down here.
func (g *Gateway) Served(ctx context.Context, l net.Listener) error {
	errs := make(chan error, 1)
	go func() { errs <- g.srv.Serve(l) }()
	select {
	case err := <-errs:
		return err
	case <-ctx.Done():
	}
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	return g.srv.Shutdown(ctx)
}

// Either knows only one of two ways that the context is done.
func (g *Gateway) Either(ctx context.Context, errs <-chan error) error {
	select {
	case err := <-errs:
		log.Println(err)
	case <-ctx.Done():
	}
	return g.srv.Shutdown(ctx)
}

func (g *Gateway) halt(ctx context.Context) error {
	return g.srv.Shutdown(context.WithoutCancel(ctx))
}

func (g *Gateway) Helped(ctx context.Context) error {
	<-ctx.Done()
	return g.halt(ctx)
}

// Other waits for one context and shuts down within another.
func (g *Gateway) Other(ctx, closing context.Context) error {
	<-ctx.Done()
	return g.srv.Shutdown(closing)
}

// Polled looks whether the context is done yet.
func (g *Gateway) Polled(ctx context.Context) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	return g.srv.Shutdown(ctx)
}

// Slept gives the other goroutine time.
func (g *Gateway) Slept(l net.Listener, stop <-chan struct{}) error {
	go func() {
		<-stop
		_ = g.srv.Shutdown(context.Background())
	}()
	err := g.srv.Serve(l)
	g.wg.Wait()
	return err
}

// Listening knows that the address is free.
func (g *Gateway) Listening(l net.Listener) {
	go g.srv.Serve(l)
}
