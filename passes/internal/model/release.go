package model

import "go/types"

// releases names the methods by which the ecosystem gives back what a value
// holds: files, connections, bodies, rows, timers, spans, transactions.
var releases = map[string]bool{
	"Close":       true,
	"Release":     true,
	"Stop":        true,
	"Rollback":    true,
	"Free":        true,
	"Destroy":     true,
	"Dispose":     true,
	"Shutdown":    true,
	"Disconnect":  true,
	"Unsubscribe": true,
	"Cleanup":     true,
	"End":         true,
	"Finish":      true,
	"Unmap":       true,
	"Unmount":     true,
}

// Releases reports whether a method gives back what its receiver holds, so
// that a receiver for which it is never called holds it for ever. Unlocking
// isn't meant: see [LockOperation].
func Releases(fn *types.Func) bool {
	return fn != nil && fn.Signature().Recv() != nil && releases[fn.Name()]
}

// EndsWork reports whether a method of this name is there to end what
// goroutines do for its receiver, so that it is called while they run.
func EndsWork(name string) bool {
	switch name {
	case "Close", "Stop", "Shutdown", "Cancel", "Kill", "Quit", "Abort":
		return true
	}
	return false
}

// OpensNothing reports whether what fn returns can be closed, and holds
// nothing all the same: it reads from memory.
func OpensNothing(fn *types.Func) bool {
	switch Key(fn) {
	case "io.NopCloser", "io/ioutil.NopCloser", "(embed.FS).Open", "(testing/fstest.MapFS).Open":
		return true
	}
	return false
}

// ReleasesArgument reports whether fn, not a method or a method of somebody
// else, is there to release its only argument, as its name says: closeQuietly,
// CloseBody, ReleaseLock.
func ReleasesArgument(fn *types.Func) bool {
	switch FirstWord(fn.Name()) {
	case "close", "release", "drain":
		return true
	}
	return false
}

// Collects reports whether a method is there to keep what it is given, as
// its name says: Add, Append, Push, Register, Store.
func Collects(fn *types.Func) bool {
	switch FirstWord(fn.Name()) {
	case "add", "append", "push", "register", "store", "put", "set", "insert", "enqueue", "track", "attach", "use", "defer", "cleanup":
		return true
	}
	return false
}

// LimitsTime reports whether fn derives a context that ends by itself.
func LimitsTime(fn *types.Func) bool {
	switch Key(fn) {
	case "context.WithTimeout", "context.WithTimeoutCause", "context.WithDeadline", "context.WithDeadlineCause":
		return true
	}
	return false
}

// CountsReferences reports whether fn, called on a value of the type, gives
// back one reference to it: the type has a method that takes one more. Clone
// beside Release is such a method, beside Close it may open the same thing
// anew.
func CountsReferences(fn *types.Func, t types.Type) bool {
	more := []string{"Retain", "AddRef", "IncRef"}
	if fn.Name() == "Release" {
		more = append(more, "Clone")
	}
	for _, name := range more {
		if obj, _, _ := types.LookupFieldOrMethod(t, true, fn.Pkg(), name); obj != nil {
			return true
		}
	}
	return false
}
