// Package lockblocked defines an Analyzer that finds goroutines that wait while holding the lock that others need to wake them.
//
// # Analyzer lockblocked
//
// lockblocked: report goroutines that wait with the lock held that others need to wake them
//
// A goroutine that waits for a channel, a WaitGroup or a condition while it holds
// a lock stands still for ever if the one who would wake it needs that lock first;
// so does everybody else who needs the lock. The check runs the package on an
// abstract machine, on every order in which its goroutines can go on, and reports
// what is waited for, the lock, and who needs it. Where the machine doesn't come,
// it reports a wait under a lock that the other side takes first: a goroutine
// before its Done, or everybody who sends on or receives from a channel that the
// package keeps to itself; a send under a lock whose receivers may all leave; and
// a send to each member of a set under the lock that a member needs to leave it.
//
// Wrong:
//
//	type hub struct {
//		mu    sync.Mutex
//		seen  int
//		ready chan struct{}
//	}
//
//	func start() {
//		h := &hub{ready: make(chan struct{})}
//		go func() {
//			h.mu.Lock()
//			h.seen++
//			h.mu.Unlock()
//			close(h.ready)
//		}()
//		h.mu.Lock()
//		defer h.mu.Unlock()
//		<-h.ready
//	}
//
// Right:
//
//	type hub struct {
//		mu    sync.Mutex
//		seen  int
//		ready chan struct{}
//	}
//
//	func start() {
//		h := &hub{ready: make(chan struct{})}
//		go func() {
//			h.mu.Lock()
//			h.seen++
//			h.mu.Unlock()
//			close(h.ready)
//		}()
//		<-h.ready
//		h.mu.Lock()
//		defer h.mu.Unlock()
//	}
//
// Silent on:
//
// Waits that end without the lock: a select with a default or a time limit, a
// send that fits into the buffer, a waker who needs another lock. A lock taken
// twice is relock's, locks in opposite orders are lockorder's.
//
// Relatives:
//
// The runtime reports a deadlock only when all goroutines of the process are
// asleep. go vet and staticcheck have no check for it.
//
// Since: v0.1.0
package lockblocked
