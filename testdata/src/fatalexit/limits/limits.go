// Package limits shows what the check doesn't see, and where it is wrong.
package limits

import (
	"log"
	"os"
	"runtime/pprof"
)

// FN_Caller skips what its caller has deferred.
func FN_Caller(path string) {
	defer os.Remove(path)
	inner(path)
}

func inner(path string) { fatal(path) }

var fatal = func(path string) { log.Fatal(path) }

// FN_Literal exits in a literal that is called where it stands.
func FN_Literal(path string) {
	defer os.Remove(path)
	func() { log.Fatal(path) }()
}

// FN_Helper ends the process for a function that returns error.
func FN_Helper(path string) error {
	helper(path)
	return nil
}

func helper(path string) {
	if path == "" {
		log.Fatal("no path")
	}
}

// FN_Exit is a decision that its name doesn't tell, made by os.Exit: which
// commands in libraries do to give a status.
func FN_Status(err error) error {
	if err != nil {
		os.Exit(3)
	}
	return nil
}

// FP_Conditional defers what does something on success only.
func FP_Conditional(path string, err error) {
	ok := false
	defer func() {
		if ok {
			_ = os.Rename(path, path+".done")
		}
	}()
	if err != nil {
		log.Fatal(err) // want `log.Fatal ends the process: os.Rename.* is not called`
	}
	ok = true
}

// FN_Profile loses a profile, which a run that fails seldom needs.
func FN_Profile(err error) {
	defer pprof.StopCPUProfile()
	if err != nil {
		log.Fatal(err)
	}
}
