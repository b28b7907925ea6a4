// Package kit is tested for panics.
package kit

// Send reports whether it could: the channel may be closed by then.
func Send(c chan<- int, n int) (sent bool) {
	defer func() { _ = recover() }()
	c <- n
	return true
}
