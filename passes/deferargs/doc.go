// Package deferargs defines an Analyzer that reports deferred calls which
// take a value before it is known.
//
// # Analyzer deferargs
//
// deferargs: report deferred calls that take a value too early
//
// The function, the receiver and the arguments of a deferred call are
// evaluated when the defer statement runs; only the call itself waits for the
// return. A value that changes in between reaches the call as it was: an
// error is still nil, a duration measures nothing, a counter is zero, a
// method works on an old copy of its receiver, and of two files assigned to
// one variable only the first is closed.
//
// A change counts when some path leads from the defer statement to it and
// none leads back, so values taken once per iteration of a loop are fine. And
// it must matter: the value is an error, or still the constant that its
// variable was declared with, or a count or collection that the call prints,
// logs or records; or it is a receiver that the method reads changed fields
// of, or a resource whose successor nobody releases. time.Since among the
// arguments is always reported.
//
// Wrong:
//
//	func load(path string) (err error) {
//		defer log.Println("load:", path, err)
//		_, err = os.ReadFile(path)
//		return err
//	}
//
// Right:
//
//	func load(path string) (err error) {
//		defer func() { log.Println("load:", path, err) }()
//		_, err = os.ReadFile(path)
//		return err
//	}
//
// Silent on:
//
// Values saved on purpose: defer os.Chdir(dir), defer unlock(lock()),
// defer func(old T) { … }(x), defer mu.Unlock() with mu set to the next lock;
// the first call of defer trace(x)(); errors that the code at hand deals with,
// as in if err != nil { defer report(err) }; calls that the function makes as
// they are once more, to set something back; resources that are released or
// handed on after the variable got a new one; package variables, elements
// picked by an index, and what pointers lead to.
//
// Relatives:
//
// go vet's defers reports time.Since alone, and not through a function that
// wraps it; deferargs reports all that it does. go vet's lostcancel follows
// the cancel functions of package context.
//
// Since: v0.1.0
package deferargs
