// Package checkthenact defines an Analyzer that finds a check and the action
// that rests on it as two steps, each safe by itself, with room in between.
//
// # Analyzer checkthenact
//
// checkthenact: report a check and an action that another goroutine can get between
//
// sync.Map, the atomic types and a mutex each make one step safe. A decision
// that is taken in one step and carried out in the next rests on what was true
// before: two goroutines can both find a key missing, a flag unset, an old
// count. The check reports,
//
//   - sync.Map's Load and then Store of the same key, where the new value
//     depends on the old one, or has a state of its own (a lock, a channel, a
//     counter), so that two goroutines go on with two of them; or where the key
//     marks what is done once; to be LoadOrStore;
//   - an atomic Load within the argument of a Store to the same variable, or a
//     Store that claims what a Load has just found free before something is
//     closed, stopped or started; to be Add or CompareAndSwap. Updates spread
//     over statements, and other claims, are of low confidence;
//   - a map entry or field looked up under a lock that is released, and then
//     set under the lock without another look, where the value has a state of
//     its own or has to be closed, or marks that a channel was closed or a
//     goroutine started. A function that is called may take either step;
//   - with low confidence, what is added under a lock because there was room
//     when the lock was held before.
//
// Wrong:
//
//	type closer struct {
//		closed atomic.Bool
//		done   chan struct{}
//	}
//
//	func (c *closer) Close() {
//		if !c.closed.Load() {
//			c.closed.Store(true)
//			close(c.done)
//		}
//	}
//
// Right:
//
//	type closer struct {
//		closed atomic.Bool
//		done   chan struct{}
//	}
//
//	func (c *closer) Close() {
//		if c.closed.CompareAndSwap(false, true) {
//			close(c.done)
//		}
//	}
//
// Silent on:
//
// A second look under the second lock; both steps under one lock, the
// caller's included; caches that are filled twice with the same value; what
// main and init do, and what a function does to a variable that it made;
// functions that say in their name or comment that the caller sees to locking.
//
// Relatives:
//
// No other tool reports these: there is no data race for the race detector to
// see. go vet's atomic finds x = atomic.AddInt64(&x, 1).
//
// Since: v0.1.0
package checkthenact
