// Package oncemisuse defines an Analyzer that finds initialisation which
// isn't done once, or of which later callers don't learn the outcome.
//
// # Analyzer oncemisuse
//
// oncemisuse: report uses of sync.Once that don't do what they are there for
//
// sync.Once runs a function for the first caller; all others wait for it and
// then go by. The check reports
//
//   - an error, or another result, that the function leaves in a variable of
//     the call: the second caller gets the zero value, with nothing set up;
//   - a Once that is a variable of the function which uses it, and so is new
//     in every call;
//   - a Once whose function comes back to it, directly or by calls inside the
//     package: it waits for itself for ever;
//   - a Once that is assigned a new one inside its own function, which ends
//     the process, or while others may be in Do;
//   - a function that panics, in an HTTP handler: the server recovers, and
//     every later request goes by with nothing set up;
//   - the same by hand: a variable that is looked at without its lock, and
//     set under it. Such a look isn't ordered behind the writes that made the
//     value.
//
// Copies of a Once are go vet's copylocks to report.
//
// Wrong:
//
//	type client struct {
//		once sync.Once
//		conn net.Conn
//	}
//
//	func (c *client) dial(addr string) (net.Conn, error) {
//		var err error
//		c.once.Do(func() {
//			c.conn, err = net.Dial("tcp", addr)
//		})
//		return c.conn, err
//	}
//
// Right:
//
//	type client struct {
//		once sync.Once
//		conn net.Conn
//		err  error
//	}
//
//	func (c *client) dial(addr string) (net.Conn, error) {
//		c.once.Do(func() {
//			c.conn, c.err = net.Dial("tcp", addr)
//		})
//		return c.conn, c.err
//	}
//
// Silent on:
//
// Functions that close something once and tell only the first caller how that
// went; variables that say who came first; a Once in a function that several
// of its literals, goroutines or iterations use; a Once assigned before its
// object is shared, under a lock, or in tests; looks under a read lock or with
// an atomic.
//
// Relatives:
//
// go vet's copylocks finds copies of a Once. staticcheck has no check of its
// use. The double-checked lock is a data race for go test -race, too.
//
// Since: v0.1.0
package oncemisuse
