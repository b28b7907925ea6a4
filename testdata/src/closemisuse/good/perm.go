package good

import (
	"context"
	"math/rand"
)

// Replicas are asked in any order; those that aren't needed are told so.
type Replicas struct {
	names   []string
	release map[*string]chan struct{}
	pending []*string
	spare   int
}

// Ask starts with as many as are needed.
func (r *Replicas) Ask(ctx context.Context, ask func(context.Context, string) error) error {
	r.release = make(map[*string]chan struct{}, len(r.names))
	for i := range r.names {
		r.release[&r.names[i]] = make(chan struct{}, 1)
	}
	for _, i := range rand.Perm(len(r.names)) {
		name := &r.names[i]
		if len(r.pending) < r.spare {
			r.pending = append(r.pending, name)
		} else {
			r.release[name] <- struct{}{}
		}
	}
	errs := make(chan error, len(r.names))
	for i := range r.names {
		go func() { errs <- r.await(ctx, &r.names[i], ask) }()
	}
	for range len(r.names) - r.spare {
		if err := <-errs; err != nil {
			return err
		}
	}
	for _, name := range r.pending {
		close(r.release[name])
	}
	return nil
}

func (r *Replicas) await(ctx context.Context, name *string, ask func(context.Context, string) error) error {
	select {
	case _, ok := <-r.release[name]:
		if !ok {
			return nil
		}
		return ask(ctx, *name)
	case <-ctx.Done():
		return ctx.Err()
	}
}
