// Package relock defines an Analyzer that finds locks which a goroutine takes
// while it holds them.
//
// # Analyzer relock
//
// relock: report locks taken again by the goroutine that holds them
//
// Go's locks don't know who holds them: a goroutine that locks a mutex twice
// waits for itself, for ever, and everybody who needs the mutex with it. The
// second Lock mostly hides in a method that the first one's function calls,
// or in a function that is run under the lock. The check follows calls,
// also into other packages, function values where they are known, and the
// methods String and Error that package fmt calls, and
// reports
//
//   - Lock while the same lock is held;
//   - Lock while the same lock is held for reading: an upgrade, for which the
//     goroutine waits until it releases its own read lock;
//   - RLock while the same lock is held for writing;
//   - RLock while the same lock is held for reading, where the package also
//     takes it for writing: a writer that comes in between waits for the first
//     RLock, and the second one waits for the writer;
//   - once.Do called by the function that once.Do runs.
//
// The chain of calls is shown beside the report.
//
// Wrong:
//
//	type list struct {
//		mu    sync.Mutex
//		items []int
//	}
//
//	func (l *list) Len() int {
//		l.mu.Lock()
//		defer l.mu.Unlock()
//		return len(l.items)
//	}
//
//	func (l *list) Add(item int) int {
//		l.mu.Lock()
//		defer l.mu.Unlock()
//		l.items = append(l.items, item)
//		return l.Len()
//	}
//
// Right:
//
//	type list struct {
//		mu    sync.Mutex
//		items []int
//	}
//
//	func (l *list) Len() int {
//		l.mu.Lock()
//		defer l.mu.Unlock()
//		return len(l.items)
//	}
//
//	func (l *list) Add(item int) int {
//		l.mu.Lock()
//		defer l.mu.Unlock()
//		l.items = append(l.items, item)
//		return len(l.items)
//	}
//
// Silent on:
//
// Locks of other objects of the same type; locks released before the call, or
// by the callee before it takes them again; TryLock; calls on other
// goroutines; deferred calls that run behind the deferred unlock; callees that
// lock only if a parameter says so, and it doesn't, or if the object is in some
// other mode; locks that another goroutine gives back. Calls through interfaces
// aren't followed, but for parts that point back to the one object that keeps
// them: what p.Stop of a plugin locks in its manager it locks in the one whose
// method calls it.
//
// Relatives:
//
// go vet and staticcheck have no such check; staticcheck's SA2003 finds a
// deferred Lock directly behind a Lock, which is missingunlock's here.
//
// Since: v0.1.0
package relock
