// Package missingunlock defines an Analyzer that finds paths which leave a
// function with a lock that its other paths release.
//
// # Analyzer missingunlock
//
// missingunlock: report paths that leave a function with a lock it took
//
// A lock that stays behind on one path, mostly an early return on an error
// that seldom happens, stops everybody who comes to it afterwards, long after
// the mistake. The check follows each lock that a function takes along the
// function's paths and reports
//
//   - a return, or the end of the function, that leaves it locked while other
//     paths release it;
//   - a continue, or the end of a loop's body, behind which the next iteration
//     waits for the lock that this one has kept;
//   - an unlock of what the function has unlocked already, or will again by a
//     deferred call, which ends the process;
//   - Unlock of what RLock took, and RUnlock of what Lock took;
//   - defer mu.Lock() where the lock is held: written for defer mu.Unlock();
//   - a return that keeps what other paths give back by a method with a key or
//     a weight: Lock(key) and Unlock(key), Acquire(ctx, n) and Release(n);
//   - a call of somebody else's code, from whose panic the function recovers,
//     under a lock that it doesn't release by a defer.
//
// Wrong:
//
//	type queue struct {
//		mu    sync.Mutex
//		items []string
//	}
//
//	func (q *queue) pop() (string, error) {
//		q.mu.Lock()
//		if len(q.items) == 0 {
//			return "", errors.New("the queue is empty")
//		}
//		item := q.items[0]
//		q.items = q.items[1:]
//		q.mu.Unlock()
//		return item, nil
//	}
//
// Right:
//
//	type queue struct {
//		mu    sync.Mutex
//		items []string
//	}
//
//	func (q *queue) pop() (string, error) {
//		q.mu.Lock()
//		defer q.mu.Unlock()
//		if len(q.items) == 0 {
//			return "", errors.New("the queue is empty")
//		}
//		item := q.items[0]
//		q.items = q.items[1:]
//		return item, nil
//	}
//
// Silent on:
//
// Functions that are there to lock: all their paths end with the lock held, or
// those that succeed do, or their callers unlock, or they return or store what
// unlocks. Locks that a closure, another goroutine or a stored function
// releases. TryLock where its result isn't a condition. Conditions that are
// tested twice, such as `if shared { mu.Lock() }` and `if shared { mu.Unlock() }`
// behind it. Paths that end in a panic, os.Exit or log.Fatal.
//
// Relatives:
//
// go vet has no such check; its copylocks finds locks that are copied.
// staticcheck's SA2001 reports a critical section with nothing in it, and
// SA2003 a deferred Lock directly behind a Lock, which this check finds
// wherever the lock is still held.
//
// Since: v0.1.0
package missingunlock
