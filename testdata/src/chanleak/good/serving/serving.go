// Package serving closes a server when the context of a group ends, which it
// does when serving does.
package serving

import (
	"context"
	"errors"
	"net"
	"net/http"
	"sync"

	"golang.org/x/sync/errgroup"
)

var errNotStarted = errors.New("not started yet")

// A Daemon serves until it is closed.
type Daemon struct {
	*http.Server
	mu    sync.Mutex
	group *errgroup.Group
}

// New makes a daemon.
func New() *Daemon { return &Daemon{Server: &http.Server{}} }

// Start listens and serves.
func (d *Daemon) Start(address string, handler http.Handler) error {
	return d.StartContext(context.Background(), address, handler)
}

// StartContext listens, and serves until the context ends.
func (d *Daemon) StartContext(ctx context.Context, address string, handler http.Handler) error {
	l, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	return d.Go(ctx, l, handler)
}

// Go serves until the context ends. Serve never returns without an error, so
// the group's context ends, too, when the daemon is closed.
func (d *Daemon) Go(ctx context.Context, l net.Listener, handler http.Handler) error {
	if ctx == nil {
		return errNotStarted
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.Handler = handler
	d.group, ctx = errgroup.WithContext(ctx)
	d.group.Go(func() error { return d.Serve(l) })
	go func() {
		<-ctx.Done()
		_ = d.Close()
	}()
	return nil
}

// Close stops serving.
func (d *Daemon) Close() error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.group == nil {
		return errNotStarted
	}
	return d.Server.Close()
}
