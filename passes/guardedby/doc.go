// Package guardedby defines an Analyzer that finds guarded variables used
// without their lock.
//
// # Analyzer guardedby
//
// guardedby: report fields and variables used without the lock that guards them
//
// A field that most functions use under a lock is guarded by it; one use
// without the lock races with all the others. The check counts, for every
// field beside a lock and every package-level variable, the places that use
// it with a lock held, by the function itself or by all its callers, and
// reports those that certainly hold none, where
//
//   - at least four places hold the lock and three of four of all do; or three
//     places and two of three, if the field is declared right below the lock;
//   - or a comment says so: "guarded by mu", "+checklocks:mu", "GUARDED_BY(mu)"
//     at the field, "protects a, b" or "guards a, b" at the lock;
//   - and somebody writes the variable under the lock.
//
// Maps have a check of their own: mapguard.
//
// Wrong:
//
//	type gauge struct {
//		mu    sync.Mutex
//		value int
//	}
//
//	func (g *gauge) Set(value int) {
//		g.mu.Lock()
//		defer g.mu.Unlock()
//		g.value = value
//	}
//
//	func (g *gauge) Add(by int) {
//		g.mu.Lock()
//		defer g.mu.Unlock()
//		g.value += by
//	}
//
//	func (g *gauge) Reset() int {
//		g.mu.Lock()
//		defer g.mu.Unlock()
//		old := g.value
//		g.value = 0
//		return old
//	}
//
//	func (g *gauge) Value() int { return g.value }
//
// Right:
//
//	type gauge struct {
//		mu    sync.Mutex
//		value int
//	}
//
//	func (g *gauge) Set(value int) {
//		g.mu.Lock()
//		defer g.mu.Unlock()
//		g.value = value
//	}
//
//	func (g *gauge) Value() int {
//		g.mu.Lock()
//		defer g.mu.Unlock()
//		return g.value
//	}
//
// Silent on:
//
// Objects that a function made or was handed and that nobody else knows yet;
// functions that run with the lock of all their callers, or that say so in
// their name or comment; functions that go on under their caller's lock and
// release it; variables that nobody writes once they are set up; what is
// written before a goroutine is started, or read after one was waited for; the
// only goroutine or function that writes, which may read without the lock;
// mutexes, atomics and other types of package sync.
//
// Relatives:
//
// Go's race detector sees the same mistake when a test happens to run both
// uses at once. Neither go vet nor staticcheck has such a check.
//
// Since: v0.1.0
package guardedby
