// Package limits holds what closemisuse can't see.
package limits

type conn struct{ done chan struct{} }

// A caller may close twice.
func (c *conn) FN_CloseTwice() { close(c.done) }
