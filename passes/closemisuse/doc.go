// Package closemisuse defines an Analyzer that finds channels that are closed twice, or while others still send.
//
// # Analyzer closemisuse
//
// closemisuse: report channels closed twice, closed while nil, or sent on after close
//
// To close a channel that is closed, to close a nil channel, and to send on a
// closed one panics, mostly in the rare run in which two goroutines meet. The
// check runs the package on an abstract machine, on every order in which its
// goroutines can go on, and reports the second close, the send that comes after,
// and a close that nothing orders after a send, with the schedule.
//
// It also reports a handler that closes a channel which outlives the request,
// and a close in a function that recovers to hide that it is the second one; and a
// send on a field's channel outside of the lock under which the channel is closed,
// in code that takes this lock for other things.
//
// Only the sender knows when it is done: it should be the one who closes.
//
// Wrong:
//
//	type feed struct {
//		events chan string
//	}
//
//	func follow(load func() string) string {
//		f := &feed{events: make(chan string, 1)}
//		go func() { f.events <- load() }()
//		select {
//		case e := <-f.events:
//			return e
//		case <-time.After(time.Second):
//			close(f.events)
//			return ""
//		}
//	}
//
// Right:
//
//	type feed struct {
//		events chan string
//	}
//
//	func follow(load func() string) string {
//		f := &feed{events: make(chan string, 1)}
//		go func() {
//			defer close(f.events)
//			f.events <- load()
//		}()
//		select {
//		case e := <-f.events:
//			return e
//		case <-time.After(time.Second):
//			return ""
//		}
//	}
//
// Silent on:
//
// A close under sync.Once, or under a lock with a flag; a close that waits for all
// senders, by a WaitGroup or a channel; a send by whoever has taken the channel out
// of a map and so has it alone; a send in a small function that recovers from its
// panic. Channels that come from elsewhere.
//
// Relatives:
//
// staticcheck and go vet have no check for it; the race detector reports a close
// that races with a send, when a test happens to run both.
//
// Since: v0.1.0
package closemisuse
