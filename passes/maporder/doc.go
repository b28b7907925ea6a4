// Package maporder defines an Analyzer that reports results that depend on the
// order in which a range visits a map.
//
// # Analyzer maporder
//
// maporder: report results that depend on the order of a map's keys
//
// A range over a map visits it in an order that changes from run to run. What
// the loop writes, hashes, encodes, joins or sends one after the other comes
// in that order, floating-point sums differ in their last digits, and of
// several candidates, as behind n > limit, another one wins each time. Output that changes without
// a reason breaks caches, signatures, golden files and diffs.
//
// A list that is appended to is followed: to a sort it is fine, to a join, a
// print, an encoder or a loop that writes it isn't. So is one that a function
// of the package returns, to the callers of that function.
//
// Wrong:
//
//	func query(params map[string]string) string {
//		pairs := make([]string, 0, len(params))
//		for name, value := range params {
//			pairs = append(pairs, name+"="+value)
//		}
//		return strings.Join(pairs, "&")
//	}
//
// Right:
//
//	func query(params map[string]string) string {
//		pairs := make([]string, 0, len(params))
//		for name, value := range params {
//			pairs = append(pairs, name+"="+value)
//		}
//		sort.Strings(pairs)
//		return strings.Join(pairs, "&")
//	}
//
// Silent on:
//
// Lists that are sorted, by this function or by those it hands them to;
// folds that don't depend on the order, such as counts, integer sums and other
// maps; writes to something that belongs to the entry; what only one entry
// comes to, as behind name == wanted; logs; lists handed to code that isn't
// known, such as an exported function's callers; ranges over sorted keys.
//
// Relatives:
//
// No check of go vet or staticcheck looks at this. Some projects have a linter
// that forbids ranges over maps in the packages that must be deterministic.
//
// Since: v0.1.0
package maporder
