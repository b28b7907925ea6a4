// Package atomicmix defines an Analyzer that finds variables which are used
// with sync/atomic in one place and plainly in another.
//
// # Analyzer atomicmix
//
// atomicmix: report plain uses of variables that sync/atomic changes elsewhere
//
// A function of sync/atomic orders and protects only the accesses that go
// through it. A plain read beside an atomic write, or a plain write beside
// any atomic access, is a data race: the compiler may keep the value in a
// register, 32-bit machines read half of it, and nothing that was written
// before is visible. The check looks at fields, package-level variables and
// variables that goroutines capture, and reports
//
//   - a plain use in a function that runs while an atomic access can: in a
//     goroutine, a handler, or a function that other packages call;
//   - a plain use of a variable after the start of a goroutine that uses it
//     with sync/atomic, and before that goroutine is waited for;
//   - a copy of an atomic.Value, or of an atomic type of go.uber.org/atomic,
//     which go vet takes for ordinary values.
//
// The fix uses sync/atomic there too. A typed atomic, as atomic.Int64, leaves
// no room for the mistake.
//
// Wrong:
//
//	type server struct{ requests int64 }
//
//	func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
//		atomic.AddInt64(&s.requests, 1)
//	}
//
//	func (s *server) Requests() int64 { return s.requests }
//
// Right:
//
//	type server struct{ requests int64 }
//
//	func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
//		atomic.AddInt64(&s.requests, 1)
//	}
//
//	func (s *server) Requests() int64 { return atomic.LoadInt64(&s.requests) }
//
// Silent on:
//
// Objects that nobody else knows yet: constructors, and what functions set
// before they start a goroutine; what sync.Once runs; reads after the
// goroutines were waited for; uses under a lock that all conflicting atomic
// accesses hold too; reads by the only function or goroutine that writes, itself
// or by a helper of its own;
// fields that the package copies into snapshots, where plain reads are meant;
// functions that say in their comment that their caller keeps others away;
// elements of slices and arrays.
//
// Relatives:
//
// go vet's atomic finds x = atomic.AddInt64(&x, 1), and its copylocks finds
// copies of the typed atomics of sync/atomic. The race detector sees the mixed
// accesses when a test runs both at once.
//
// Since: v0.1.0
package atomicmix
