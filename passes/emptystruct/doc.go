// Package emptystruct defines an Analyzer that reports maps and channels of
// bool that only say whether something is there.
//
// # Analyzer emptystruct
//
// emptystruct: report channels of bool used as signals, and maps of bool used as sets
//
// A chan bool whose values nobody looks at is a signal. struct{} takes no room
// in the channel's buffer and says that there is nothing to look at. The check
// looks at variables of functions, package variables and fields that aren't
// exported, all of whose uses stand in the package, and its fix changes all of
// them.
//
// With -emptystruct.sets it also reports maps into which only true is put.
// This is off: since Go 1.24 a map with struct{} for values takes as much
// memory as one with bool, so that only the reader gains.
//
// Wrong:
//
//	func limited(jobs []func()) {
//		slots := make(chan bool, 64)
//		for _, job := range jobs {
//			slots <- true
//			job()
//			<-slots
//		}
//	}
//
// Right:
//
//	func limited(jobs []func()) {
//		slots := make(chan struct{}, 64)
//		for _, job := range jobs {
//			slots <- struct{}{}
//			job()
//			<-slots
//		}
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
