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

// FN_Emit: what calls a literal that a variable holds isn't followed.
func FN_Emit(next func() (string, bool), enough func(string) bool) string {
	out := make(chan string, 8)
	emit := func(line string) { out <- line }
	go func() {
		defer close(out)
		for line, ok := next(); ok; line, ok = next() {
			emit(line)
		}
	}()
	for line := range out {
		if enough(line) {
			return line
		}
	}
	return ""
}
