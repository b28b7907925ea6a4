// Package recovermisuse defines an Analyzer that reports calls of recover
// that recover nothing, and handlers that make less of a panic than it is.
//
// # Analyzer recovermisuse
//
// recovermisuse: report recover that recovers nothing, and panics that end as success
//
// recover works in one place: in the body of the function that is deferred.
// One call deeper, or in a function that nobody defers, it returns nil and
// the panic goes on to end the process. And a handler decides what becomes of
// the caller: when it only logs, the function returns its results as they
// are, which for an error is mostly nil. The check reports:
//
//   - recover in a function literal that is called and not deferred, one call
//     deeper than the deferred function, or in a function that is called
//     everywhere and deferred nowhere; defer recover();
//   - calls of functions that are there to recover, of this package or
//     another, from where they can't: func() { HandleCrash() } deferred in
//     place of HandleCrash, or without defer;
//   - handlers in a function that only waits for a goroutine of its own, in
//     which code runs that somebody else has given: that one's panics end the
//     process;
//   - handlers that only log, or do nothing, in functions that return error:
//     the caller is told that all went well;
//   - handlers around other HTTP handlers that know nothing of
//     http.ErrAbortHandler, so that a response that was given up looks
//     complete to the client.
//
// Four forms have low confidence: a result of recover that nobody looks at, in
// a function without an error result, for it mostly guards a call that is
// allowed to fail; a handler that panics again without what it recovered,
// for the runtime prints both; one around HTTP handlers in a package without a
// reverse proxy, for few other handlers give a response up; and one that
// prints the panic in an exported function which returns nothing but an error,
// and gives nothing back, for such jobs are there to be survived.
//
// Wrong:
//
//	func Parse(text string) (int, error) {
//		defer func() {
//			if r := recover(); r != nil {
//				log.Println("parse:", r)
//			}
//		}()
//		return strconv.Atoi(text[1:])
//	}
//
// Right:
//
//	func Parse(text string) (n int, err error) {
//		defer func() {
//			if r := recover(); r != nil {
//				err = fmt.Errorf("parse: %v", r)
//			}
//		}()
//		return strconv.Atoi(text[1:])
//	}
//
// Silent on:
//
// Exported functions that nobody in the package defers, and function values:
// they may be deferred elsewhere. Functions that do more than to recover,
// called where nothing panics. Handlers that set a variable, a field or a
// result, send, panic or exit, or call anything but loggers and printers.
// Functions that can only return a nil error, and those whose documentation
// or whose handler's comment speaks of it. Test files, but for recover that
// recovers nothing, which has low confidence there.
//
// Relatives:
//
// revive's defer rule asks for recover outside of deferred functions by
// syntax: it takes a named handler for a mistake, and a literal inside of the
// deferred one for none. No check of vet or staticcheck looks at recover.
//
// Since: v0.1.0
package recovermisuse
