// Package falseshare defines an Analyzer that reports memory that goroutines
// write side by side.
//
// # Analyzer falseshare
//
// falseshare: report neighbouring memory that goroutines write at once
//
// Processors hand memory to each other in cache lines of 64 bytes or more.
// Two goroutines that write two neighbouring words, each its own, wait for
// each other at every write, though they share nothing. The check reports
//
//   - elements of a slice or array of small elements of which each goroutine
//     that a loop starts writes its own, again and again;
//   - with -falseshare.fields, neighbouring fields of a struct, one of which
//     one goroutine writes in a loop and another goroutine another, when both
//     are started by one function (fix: room between them). This is off until
//     a measurement shows what it brings.
//
// Wrong:
//
//	func count(jobs [][]int) []int {
//		counts := make([]int, len(jobs))
//		var wg sync.WaitGroup
//		for i := range jobs {
//			wg.Go(func() {
//				for _, n := range jobs[i] {
//					counts[i] += n
//				}
//			})
//		}
//		wg.Wait()
//		return counts
//	}
//
// Right:
//
//	func count(jobs [][]int) []int {
//		counts := make([]int, len(jobs))
//		var wg sync.WaitGroup
//		for i := range jobs {
//			wg.Go(func() {
//				sum := 0
//				for _, n := range jobs[i] {
//					sum += n
//				}
//				counts[i] = sum
//			})
//		}
//		wg.Wait()
//		return counts
//	}
//
// Silent on:
//
//   - elements of at least a cache line, such as padded ones
//   - elements written once by each goroutine, as a result
//   - fields that are mostly read, or far enough from each other
//   - goroutines that aren't started by one function: whether they run at once
//     isn't known
//
// Relatives:
//
// None in vet, staticcheck or golangci-lint. fieldalignment, which moves
// fields together, makes it worse.
//
// Since: v0.1.0
package falseshare
