package drive

import (
	"fmt"
	"path"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/goconclint/goconclint/cmd/internal/finding"
)

// internal returns the problem that something of ours failed on a package.
func internal(what, pkg, message string) finding.Problem {
	return finding.Problem{
		Package:  pkg,
		Internal: true,
		Message:  fmt.Sprintf("internal error: %s failed on %s: %s", what, pkg, message),
	}
}

// panicked is like internal for a value that was recovered. It is called by
// the deferred function that recovered, while the stack still stands.
func panicked(what, pkg string, value any) finding.Problem {
	message := OneLine(fmt.Sprint(value))
	if where := panicSite(); where != "" {
		message += " (in " + where + ")"
	}
	p := internal(what, pkg, message)
	p.Detail = string(debug.Stack())
	return p
}

// panicSite names the function that panicked: the innermost below the
// runtime's own.
func panicSite() string {
	pcs := make([]uintptr, 64)
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs)])
	for inPanic := false; ; {
		frame, more := frames.Next()
		ofRuntime := strings.HasPrefix(frame.Function, "runtime.")
		if inPanic && !ofRuntime {
			return fmt.Sprintf("%s, %s:%d", path.Base(frame.Function), path.Base(frame.File), frame.Line)
		}
		inPanic = inPanic || ofRuntime
		if !more {
			return ""
		}
	}
}
