// Package emptystruct defines an Analyzer that reports maps and channels of
// bool that only say whether something is there.
//
// # Analyzer emptystruct
//
// emptystruct: report maps of bool used as sets and channels of bool used as signals
//
// A map[K]bool into which only true is put is a set: its values take room in
// every slot, up to a word each, and say nothing. A chan bool whose values
// nobody looks at is a signal. struct{} takes no room and says that there is
// nothing to look at. The check looks at variables of functions, package
// variables and fields that aren't exported, all of whose uses stand in the
// package, and its fix changes all of them.
//
// Wrong:
//
//	func distinct(words []string) int {
//		seen := make(map[string]bool, len(words))
//		for _, w := range words {
//			seen[w] = true
//		}
//		return len(seen)
//	}
//
// Right:
//
//	func distinct(words []string) int {
//		seen := make(map[string]struct{}, len(words))
//		for _, w := range words {
//			seen[w] = struct{}{}
//		}
//		return len(seen)
//	}
//
// Silent on:
//
//   - maps into which false is put, or a value that isn't a constant
//   - maps and channels that are passed on, returned, assigned, or part of
//     the exported API: others have their type
//   - maps read in a way for which the comma-ok form would be clumsy:
//     anything but a condition, x := m[k], and m[k] inside a condition's && and ||
//   - channels whose values somebody looks at
//
// Relatives:
//
// revive and gocritic don't look at it; usestdlibvars and the like neither.
//
// Since: v0.1.0
package emptystruct
