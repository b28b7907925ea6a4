// Package prealloc defines an Analyzer that reports slices and maps that grow
// although their size is known.
//
// # Analyzer prealloc
//
// prealloc: report slices and maps that grow although their size is known
//
// A slice that a loop fills one by one is copied each time it is full, about
// as often as its length has binary digits, and a map is hashed anew. Where a
// loop adds one element in every turn over something whose length is known
// before, one allocation does for all.
//
// It is off by default: in most code it doesn't matter. Where it does, in
// code that is marked hot or that a profile shows to be hot, hotalloc reports
// it, and this check leaves it alone.
//
// Wrong:
//
//	type user struct{ name string }
//
//	func names(users []user) []string {
//		list := []string{}
//		for _, u := range users {
//			list = append(list, u.name)
//		}
//		return list
//	}
//
// Right:
//
//	type user struct{ name string }
//
//	func names(users []user) []string {
//		list := make([]string, 0, len(users))
//		for _, u := range users {
//			list = append(list, u.name)
//		}
//		return list
//	}
//
// Silent on:
//
//   - loops that leave elements out, or end early without the function's end
//   - loops over strings, channels, functions, and results of calls
//   - slices used between their declaration and the loop
//   - hot code, which is hotalloc's
//
// Relatives:
//
// prealloc, of golangci-lint, also reports loops that may leave elements out,
// for which the right size isn't known, and has no fix.
//
// Since: v0.1.0
package prealloc
