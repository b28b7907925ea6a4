// Package gateway runs a server until its context is done.
package gateway

import (
	"context"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/sync/errgroup"
)

type Gateway struct {
	srv  *http.Server
	log  *slog.Logger
	stop chan struct{}
}

// Run gives Shutdown the context whose end it waited for.
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
		return g.srv.Shutdown(ctx) // want `ctx is already done when g.srv.Shutdown is called: Shutdown gives up at once`
	})
	return group.Wait()
}

// Main derives from it.
func (g *Gateway) Main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	errs := make(chan error, 1)
	go func() { errs <- g.srv.ListenAndServe() }()
	select {
	case err := <-errs:
		g.log.Error("serve", "err", err)
	case <-ctx.Done():
		limited, cancel := context.WithTimeout(ctx, 5*time.Second)
		defer cancel()
		_ = g.srv.Shutdown(limited) // want `limited is already done when g.srv.Shutdown is called`
	}
}

// Start shuts a field's server down and doesn't wait.
func (g *Gateway) Start(l net.Listener) error {
	go func() {
		<-g.stop
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = g.srv.Shutdown(ctx)
	}()
	if err := g.srv.Serve(l); err != nil { // want `g.srv.Serve returns as soon as Shutdown is called: Start doesn't wait for it to finish`
		return fmt.Errorf("serve: %w", err)
	}
	return nil
}

// Fields are the same server in all methods.
func (g *Gateway) Serve(l net.Listener) {
	if err := g.srv.Serve(l); err != nil {
		g.log.Error("serve", "err", err)
		os.Exit(1) // want `os.Exit ends the process when Shutdown is called: Serve then returns http.ErrServerClosed`
	}
}

func (g *Gateway) halt(ctx context.Context) error {
	limited, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return g.srv.Shutdown(limited)
}

// Helped hands the context to a function that shuts down.
func (g *Gateway) Helped(ctx context.Context) error {
	<-ctx.Done()
	g.log.Info("stopping")
	return g.halt(ctx) // want `ctx is already done when g.halt is called: Shutdown gives up at once`
}

// Grouped waits for the group first, whose context is done with it.
func (g *Gateway) Grouped(parent context.Context, work func(context.Context) error) error {
	group, ctx := errgroup.WithContext(parent)
	group.Go(func() error { return work(ctx) })
	if err := group.Wait(); err != nil {
		return err
	}
	return g.srv.Shutdown(ctx) // want `ctx is already done when g.srv.Shutdown is called`
}
