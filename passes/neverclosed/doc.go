// Package neverclosed defines an Analyzer that reports loops over channels
// that nobody closes.
//
// # Analyzer neverclosed
//
// neverclosed: report a range over a channel that is never closed
//
// A range over a channel, and a loop that receives until v, ok := <-ch says
// !ok, end when the channel is closed and not before. If nobody closes it,
// the goroutine waits for ever once the senders are done: the program hangs,
// or each call leaves a goroutine behind. Whoever sends should close the
// channel when it is done.
//
// The check follows a channel through the variables, fields, parameters,
// results and function literals of the package, and reports a loop that
// nothing else can end
//
//   - if the channel is closed nowhere, and its senders come to an end while
//     somebody waits for the loop, each call leaves it behind, or the object
//     that owns the channel has a Close or Stop method that leaves it behind;
//   - if it is closed nowhere, and all that sends is a goroutine started
//     beside the receiver, which comes to an end; then a loop that asks for no
//     ok, and nothing ends, is reported, too;
//   - if the channel is closed at the end of the function that sends, not
//     deferred, and the function can return earlier;
//   - if it is the channel of a ticker that is stopped elsewhere: Stop doesn't
//     close it.
//
// A loop that the error of a call may end as well is reported if the object that
// owns the channel has a Close or Stop method that leaves it behind.
//
// Wrong:
//
//	func squares(numbers []int) (sum int) {
//		results := make(chan int)
//		go func() {
//			for _, n := range numbers {
//				results <- n * n
//			}
//		}()
//		for r := range results {
//			sum += r
//		}
//		return sum
//	}
//
// Right:
//
//	func squares(numbers []int) (sum int) {
//		results := make(chan int)
//		go func() {
//			defer close(results)
//			for _, n := range numbers {
//				results <- n * n
//			}
//		}()
//		for r := range results {
//			sum += r
//		}
//		return sum
//	}
//
// Silent on:
//
// Loops with another way out, such as a count, a sentinel, an error or a
// second channel. Channels that code outside of the package may close: in
// exported fields, maps, slices and interfaces, handed to other packages or
// taken from them. Workers that live as long as the process: those that main
// and package initialisation start, those that callers send to behind fields of
// objects without a Close or Stop method, and loops whose senders never end. Returns after
// which the process ends or nobody ranges.
//
// Relatives:
//
// No check of vet or staticcheck asks whether a channel is closed. goleak and
// the runtime's goroutine-leak profile see the goroutine once a test has left
// it behind.
//
// Since: v0.1.0
package neverclosed
