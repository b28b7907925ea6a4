// Package limits holds what condmisuse can't see.
package limits

import "sync"

// The Cond belongs to the caller, who may signal.
func FN_Foreign(c *sync.Cond) {
	go func() {
		c.L.Lock()
		c.Wait()
		c.L.Unlock()
	}()
}
