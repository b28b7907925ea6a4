// Package hotpointer defines an Analyzer that reports pointers to small
// values on hot paths.
//
// # Analyzer hotpointer
//
// hotpointer: report pointers to small values on a hot path that could be values
//
// A []*T takes one allocation per element to build and one more load per
// element to read, and gives the garbage collector a pointer per element to
// follow. Where T is a few words long, nobody changes it through the pointer
// and nobody cares which pointer it is, a []T does the same for nothing. The
// check says so for code that runs often:
//
//   - functions with a line //goconclint:hot in the comment above them, and
//     the functions of the package that they call;
//   - with -hotpointer.profile=FILE, the lines on which a CPU or allocation
//     profile has seen at least half a percent of the whole; the report then
//     says what memory costs there;
//   - with -hotpointer.loops, the loops of benchmarks and of HTTP and RPC
//     handlers, and the functions of the package that those call.
//
// It reports slices and maps of pointers to small values built or walked
// there; pointers to small values made anew and stored in a field, returned
// by a function that isn't inlined, or passed to a function that is known
// only at run time; singly linked lists walked there; pointers to interfaces
// as parameters; and values put in an interface for a container that holds
// one type only.
//
// Small means up to four machine words (32 bytes on a 64-bit machine).
// Whether larger types are better passed by value takes a measurement: up to
// 80 bytes they are reported where a profile shows that memory takes two
// percent of the time below the line, and above 80 bytes never.
//
// Wrong:
//
//	type point struct{ x, y int }
//
//	//goconclint:hot
//	func diagonal(n int) int {
//		var points []*point
//		for i := range n {
//			points = append(points, &point{i, i})
//		}
//		sum := 0
//		for _, p := range points {
//			sum += p.x + p.y
//		}
//		return sum
//	}
//
// Right:
//
//	type point struct{ x, y int }
//
//	//goconclint:hot
//	func diagonal(n int) int {
//		points := make([]point, 0, n)
//		for i := range n {
//			points = append(points, point{i, i})
//		}
//		sum := 0
//		for _, p := range points {
//			sum += p.x + p.y
//		}
//		return sum
//	}
//
// Silent on:
//
//   - cold code: what isn't marked, and in hot functions the handling of
//     errors, panics, and what is done once and kept
//   - values that are changed through the pointer after somebody keeps it
//   - values that are shared: compared by pointer, kept in two places, given
//     to a goroutine or channel, or whose nil means something
//   - values that must not be copied: locks, atomics, builders
//   - pointers that become an interface, reach reflection or unknown code,
//     or are part of the exported API
//   - generic types, packages that use cgo
//
// Relatives:
//
// govet's fieldalignment shrinks structs; prealloc and perfsprint, of
// golangci-lint, speak about other allocations, and in all code. None looks
// at pointers to values, nor knows what is hot.
//
// Since: v0.1.0
package hotpointer
