// Package datarace defines an Analyzer that finds variables which two
// goroutines use at the same time.
//
// # Analyzer datarace
//
// datarace: report variables that two goroutines use at once, one writing
//
// Two goroutines that use one variable at the same time, at least one of them
// writing, have a data race: the reader may see half of a value, an old one,
// or what the compiler made of code that it could assume to run alone. The
// check runs the package on an abstract machine, on every order in which its
// goroutines can go on, and reports two accesses that nothing orders. It sees
//
//   - variables that a goroutine's function literal captures: err above all,
//     counters, results;
//   - fields of values that goroutines share, and package-level variables;
//   - slices that several goroutines append to, and their elements;
//   - what is written behind a wg.Done, or after the channel was closed;
//   - what handlers that are function literals capture, each request being
//     served on a goroutine of its own.
//
// Without a run it sees buffers that a loop fills in each round and sends, or
// gives to a goroutine, without a copy, and fields of objects that whoever made
// them goes on to write after they were put into a map or list, under its lock,
// where others find and read them. In packages too large to be run through it
// sees what the goroutine of an object sets again and again while exported
// methods read it with no lock in common, or what they set and it reads. And it
// sees variables that whoever comes first sets, without a lock, where several may
// come at once: goroutines of a loop, handlers, callers of objects that count
// their users or say that they are safe for concurrent use.
//
// The report carries the schedule: who starts whom, and both accesses with
// the locks that are held.
//
// Wrong:
//
//	func sum(parts []int) int {
//		total := 0
//		var wg sync.WaitGroup
//		for _, part := range parts {
//			wg.Add(1)
//			go func() {
//				defer wg.Done()
//				total += part
//			}()
//		}
//		wg.Wait()
//		return total
//	}
//
// Right:
//
//	func sum(parts []int) int {
//		var total atomic.Int64
//		var wg sync.WaitGroup
//		for _, part := range parts {
//			wg.Add(1)
//			go func() {
//				defer wg.Done()
//				total.Add(int64(part))
//			}()
//		}
//		wg.Wait()
//		return int(total.Load())
//	}
//
// Silent on:
//
// Accesses that anything orders: a channel, a lock, a WaitGroup, sync.Once,
// atomics, the go statement itself. Different elements of a slice. Maps, which
// are mapguard's, and loop variables, which are loopcapture's. Functions that
// start no goroutine themselves and are called by nothing that does.
//
// Relatives:
//
// The race detector (go test -race) sees what really happens in a run: it
// needs a test that makes both accesses at once. go vet and staticcheck have
// no check for data races.
//
// Since: v0.1.0
package datarace
