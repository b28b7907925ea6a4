// Package cgomisuse defines an Analyzer that reports what Go gives to C and
// never takes back.
//
// # Analyzer cgomisuse
//
// cgomisuse: report C strings, handles and locked threads that a path doesn't give back
//
// Memory from C.CString and C.CBytes comes from C's malloc, a cgo.Handle
// keeps its value alive until it is deleted, and a goroutine that called
// runtime.LockOSThread keeps its thread until it calls UnlockOSThread as
// often. The check reports
//
//   - a C string or C bytes that one path frees and another path of the same
//     function doesn't, as a return on an error does;
//   - a C string that goes to a function of C's library that doesn't keep it,
//     such as puts or fopen, and that nobody frees;
//   - a handle that one path deletes and another doesn't;
//   - a thread that one path unlocks and another leaves locked;
//   - with -cgomisuse.loops, a call of C for each element of a loop: a call
//     costs as much as some dozens of calls of Go.
//
// Wrong:
//
//	func pinned(work func() error) error {
//		runtime.LockOSThread()
//		if err := work(); err != nil {
//			return err
//		}
//		runtime.UnlockOSThread()
//		return nil
//	}
//
// Right:
//
//	func pinned(work func() error) error {
//		runtime.LockOSThread()
//		defer runtime.UnlockOSThread()
//		return work()
//	}
//
// Silent on:
//
//   - what is returned, stored, or given to Go code: somebody else gives it back
//   - strings given to functions of C that may keep them
//   - functions that lock their thread and never unlock it: main, init, and
//     goroutines whose thread is to end with them
//   - paths that panic or end the process
//
// Relatives:
//
// vet's cgocall looks at what is passed, not at what is given back.
//
// Since: v0.1.0
package cgomisuse
