// Package unsafeshare defines an Analyzer that finds values which several
// goroutines use although their type is not made for it.
//
// # Analyzer unsafeshare
//
// unsafeshare: report values that aren't safe for concurrent use and are shared
//
// A rand.Rand, a bytes.Buffer, a bufio.Writer, an encoder or a hash changes
// with every call of its methods and has no lock of its own. Used by two
// goroutines at once it gives wrong results, mixes what both write, or
// panics. The check knows the types that are documented so, and reports
//
//   - a value that a goroutine uses while the function that started it, or
//     another goroutine, uses it as well;
//   - a random number generator or hash in a package-level variable that
//     exported functions use;
//   - a field of a server, or a package-level variable, that handlers use;
//   - a field that an object's goroutine uses and its exported methods too;
//   - a use without the lock that other uses of the same value hold, or, of a
//     generator or hash, without the lock that stands beside it.
//
// The writer's methods of a websocket connection are for one goroutine, the
// reader's for another. With -unsafeshare.types=example.com/p.Type,… further
// types are looked for.
//
// Wrong:
//
//	var random = rand.New(rand.NewSource(1))
//
//	func Token() int64 { return random.Int63() }
//
// Right:
//
//	var (
//		mu     sync.Mutex
//		random = rand.New(rand.NewSource(1))
//	)
//
//	func Token() int64 {
//		mu.Lock()
//		defer mu.Unlock()
//		return random.Int63()
//	}
//
// Silent on:
//
// Values that one goroutine has for itself; that are handed over, or used
// again after the goroutine was waited for; uses under one lock; methods that
// change nothing; generators whose source locks, as far as the package shows.
// Functions that say in their name or comment that the caller sees to
// locking. The functions of math/rand itself, which lock.
//
// Relatives:
//
// The race detector sees the same mistake when a test runs both uses at once.
// Neither go vet nor staticcheck has such a check. Maps are mapguard's.
//
// Since: v0.1.0
package unsafeshare
