// Package errgroup has the API of golang.org/x/sync/errgroup, for fixtures.
package errgroup

import "context"

// A Group is a collection of goroutines working on one task.
type Group struct{ _ int }

// WithContext returns a new Group and a derived context.
func WithContext(ctx context.Context) (*Group, context.Context) { return new(Group), ctx }

// Go runs f in a new goroutine.
func (g *Group) Go(f func() error) { _ = f }

// TryGo runs f in a new goroutine if the limit allows.
func (g *Group) TryGo(f func() error) bool { _ = f; return true }

// SetLimit limits the number of active goroutines.
func (g *Group) SetLimit(n int) { _ = n }

// Wait blocks until all calls of Go have returned.
func (g *Group) Wait() error { return nil }
