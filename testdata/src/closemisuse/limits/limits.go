// Package limits holds what closemisuse can't see.
package limits

import "errors"

type conn struct{ done chan struct{} }

// A caller may close twice.
func (c *conn) FN_CloseTwice() { close(c.done) }

// Nothing here starts a goroutine, so nothing is explored.
func FN_ClosesTwice(rows []string) error {
	out := make(chan string, len(rows))
	defer close(out)
	for _, row := range rows {
		if row == "" {
			close(out)
			return errors.New("empty row")
		}
		out <- row
	}
	return nil
}
