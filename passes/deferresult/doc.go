// Package deferresult defines an Analyzer that reports deferred functions
// that miss the result of the function that defers them.
//
// # Analyzer deferresult
//
// deferresult: report deferred functions that set or read what isn't the result
//
// A return statement evaluates its operands, then deferred functions run,
// then the function returns. A deferred function can change what is returned
// only by a named result, and only there does it see what is returned. The
// check reports:
//
//   - a variable that a deferred function sets and a return statement has
//     read before, where the function's results have no names; or an error
//     that it sets if there is none yet, where another one is returned;
//   - a deferred function that asks an error variable whether the function
//     fails, which another error is returned for: one of an inner variable of
//     the same name, or one made in the return statement;
//   - Close or Flush of a buffering writer (compress/…, archive/…, bufio, csv),
//     deferred in a function that returns error, where nobody sees the error
//     with which the last of what was written is lost;
//   - a buffer whose content is returned before the deferred Close or Flush
//     has written the rest into it.
//
// A deferred Close of a file that the function has created is reported with
// low confidence: most file systems fail earlier.
//
// Wrong:
//
//	func Pack(f *os.File, data []byte) error {
//		zw := gzip.NewWriter(f)
//		defer zw.Close()
//		_, err := zw.Write(data)
//		return err
//	}
//
// Right:
//
//	func Pack(f *os.File, data []byte) error {
//		zw := gzip.NewWriter(f)
//		if _, err := zw.Write(data); err != nil {
//			return err
//		}
//		return zw.Close()
//	}
//
// Silent on:
//
// Named results. Variables that another deferred function, a goroutine or a
// pointer may read later, or that the deferred function reads itself. Errors
// that mention the variable which is asked. Functions that close or flush a
// second time and look at the error, or tell errcheck that it is of no
// interest. Errors that are kept by hand, as a flag that is set to nil when there
// is nothing left to clean up, and returns in a branch that the error itself
// led to. Writers into memory whose content isn't returned, into pipes and to
// HTTP clients, and those that only read. Test files.
//
// Relatives:
//
// errcheck reports lost errors of deferred calls when asked to, files that
// are only read included; errcheck and staticcheck don't ask whether a
// result has a name. deferargs reports values that a deferred call takes too
// early; a deferred function literal takes nothing.
//
// Since: v0.1.0
package deferresult
