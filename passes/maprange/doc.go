// Package maprange defines an Analyzer that reports keys added to a map inside
// a range over that map, where it matters whether the loop sees them.
//
// # Analyzer maprange
//
// maprange: report keys added to a map while a loop ranges over it
//
// The language leaves open whether a key that is added to a map during a
// range over it is seen by that range. If an iteration on the new key would
// do anything that isn't done already, such as adding yet another key, the
// loop's outcome changes from run to run, and with the map's size: the
// closure of a set stays incomplete, a key is renamed twice, an entry is
// processed twice or not at all.
//
// Wrong:
//
//	func withParents(dirs map[string]bool) {
//		for dir := range dirs {
//			dirs[path.Dir(dir)] = true
//		}
//	}
//
// Right:
//
//	func withParents(dirs map[string]bool) {
//		for _, dir := range slices.Collect(maps.Keys(dirs)) {
//			for parent := path.Dir(dir); !dirs[parent]; parent = path.Dir(parent) {
//				dirs[parent] = true
//			}
//		}
//	}
//
// Silent on:
//
// The current key, assigned or deleted; keys that are known to be there;
// loops that end after the addition; additions that an iteration on the new
// key only repeats, as for names in lower case, for aliases of a value, and
// for what a condition on the key or value keeps out; loops that run again
// until nothing changes; ranges over a clone or over collected keys; keys
// made by functions about which nothing is known.
//
// Relatives:
//
// staticcheck, go vet and gocritic don't look at additions to the map that a
// loop ranges over.
//
// Since: v0.1.0
package maprange
