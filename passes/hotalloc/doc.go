// Package hotalloc defines an Analyzer that reports allocations on hot paths
// that needn't be made each time.
//
// # Analyzer hotalloc
//
// hotalloc: report allocations on a hot path that can be saved
//
// Memory taken in code that runs often is paid twice: when it is taken and
// when it is collected. The check looks at code that runs often:
//
//   - functions with a line //goconclint:hot in the comment above them, and
//     the functions of the package that they call;
//   - with -hotalloc.profile=FILE, the lines on which a CPU or allocation
//     profile has seen at least half a percent of the whole; the report then
//     says what memory costs there;
//   - with -hotalloc.loops, the loops of benchmarks and of HTTP and RPC
//     handlers, and the functions of the package that those call.
//
// It reports there
//
//   - slices and maps that a loop fills one by one although the number is
//     known before (fix: make them with room);
//   - regular expressions, replacers and locations built from constants each
//     time (fix: a package variable);
//   - strings put together by += in a loop;
//   - fmt.Sprintf that only joins strings and integers (fix: +, strconv);
//   - sort.Slice, which boxes the slice and swaps by reflection (fix:
//     slices.SortFunc);
//   - []byte(s) made only to be written to what has WriteString (fix: call
//     that);
//   - buffers made in each turn of a loop only to read into (fix: make the
//     buffer before the loop);
//   - time.After in a loop.
//
// Wrong:
//
//	//goconclint:hot
//	func lengths(words []string) map[string]int {
//		index := make(map[string]int)
//		for _, w := range words {
//			index[w] = len(w)
//		}
//		return index
//	}
//
// Right:
//
//	//goconclint:hot
//	func lengths(words []string) map[string]int {
//		index := make(map[string]int, len(words))
//		for _, w := range words {
//			index[w] = len(w)
//		}
//		return index
//	}
//
// Silent on:
//
//   - cold code: what isn't marked, and in hot functions the handling of
//     errors, panics, and what is done once and kept
//   - loops that leave elements out, whose number nobody knows before
//   - patterns and formats that aren't constants
//   - buffers that somebody keeps
//   - what the compiler keeps on the stack anyway
//   - pointers to small values, which hotpointer reports, and defer in loops,
//     which deferloop does
//
// Relatives:
//
// prealloc and perfsprint, of golangci-lint, and staticcheck's SA6000 report
// some of these in all code, where most don't matter. Our prealloc leaves
// what is hot to this check.
//
// Since: v0.1.0
package hotalloc
