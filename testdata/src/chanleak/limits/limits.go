// Package limits holds what chanleak can't see.
package limits

import "context"

type client struct{ replies chan string }

// The field may be read by whoever has the client.
func (c *client) FN_FieldOfCaller(ctx context.Context, load func() string) string {
	c.replies = make(chan string)
	go func() { c.replies <- load() }()
	select {
	case r := <-c.replies:
		return r
	case <-ctx.Done():
		return ""
	}
}

// What keeps the channel in another package may receive from it.
func FN_Escapes(ctx context.Context, load func() string, keep func(any)) string {
	out := make(chan string)
	keep(out)
	go func() { out <- load() }()
	select {
	case r := <-out:
		return r
	case <-ctx.Done():
		return ""
	}
}
