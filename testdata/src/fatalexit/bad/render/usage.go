package main

import (
	"fmt"
	"os"
)

// usage isn't told why: it always ends the process.
func usage() {
	fmt.Fprintln(os.Stderr, "usage: render file")
	leave(2)
}

func leave(code int) { os.Exit(code) }

func scratch(args []string) string {
	dir, err := os.MkdirTemp("", "scratch")
	if err != nil {
		leave(1)
	}
	defer os.RemoveAll(dir)
	if len(args) == 0 {
		usage() // want `usage ends the process: os.RemoveAll, deferred at line \d+, is not called`
	}
	return args[0]
}

func locked(path string, work func() bool) {
	defer os.Remove(path)
	if !work() {
		leave(3) // want `leave ends the process: os.Remove, deferred at line \d+, is not called`
	}
}
