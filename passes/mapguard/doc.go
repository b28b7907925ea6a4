// Package mapguard defines an Analyzer that finds maps which goroutines use
// at the same time with no lock in common.
//
// # Analyzer mapguard
//
// mapguard: report maps that one goroutine writes while another uses them
//
// Maps are not safe for concurrent use: a write that meets a read or another
// write ends the process with "fatal error: concurrent map writes", which no
// recover catches. The check looks at maps that functions share with the
// goroutines that they start, at struct fields and at package-level
// variables, and reports
//
//   - a map that a goroutine writes while the function that started it, or
//     another goroutine, uses it: before any Wait, receive or common lock;
//   - a map that several goroutines of one loop write;
//   - a map field or package-level map that is used with no lock held although
//     most of its uses hold one, whichever goroutines they run in;
//   - a map written while its lock is only held for reading;
//   - a map that belongs to a server and is written by a handler, which runs
//     once per request, at the same time as itself;
//   - a field that an object's goroutine writes and its exported methods use.
//
// It follows calls inside the package, with the locks held at them.
//
// Wrong:
//
//	func count(words []string) map[string]int {
//		counts := make(map[string]int)
//		for _, word := range words {
//			go func() { counts[word]++ }()
//		}
//		return counts
//	}
//
// Right:
//
//	func count(words []string) map[string]int {
//		counts := make(map[string]int)
//		var mu sync.Mutex
//		var wg sync.WaitGroup
//		for _, word := range words {
//			wg.Go(func() {
//				mu.Lock()
//				defer mu.Unlock()
//				counts[word]++
//			})
//		}
//		wg.Wait()
//		return counts
//	}
//
// Silent on:
//
// Maps that one goroutine has for itself; that are filled before the
// goroutine starts, or read after it was joined through a WaitGroup, an
// errgroup, a channel; that are only read once they are filled; sync.Map, and
// maps replaced as a whole. Constructors, methods that set an object up
// before its goroutines start or that make the map where nobody else does,
// functions Init of a package, and variables that are nil once the package is
// initialised. Methods by which a part calls back its owner under the lock. Functions that run with the lock of all their callers, or that
// say so in their name or comment, and those whose comments say that nobody
// else is there: not safe for concurrent use, called after all workers are
// done, for tests only. What stands under conditions that the constants at
// hand rule out. Maps whose discipline isn't followed: channels used as locks,
// semaphores, atomics. Functions that are called through interfaces or stored
// function values.
//
// Relatives:
//
// Go's race detector sees the same mistake when a test happens to run both
// accesses at once, and the runtime ends programs that do. go vet's copylocks
// finds locks that are copied; neither it nor staticcheck looks at maps.
//
// Since: v0.1.0
package mapguard
