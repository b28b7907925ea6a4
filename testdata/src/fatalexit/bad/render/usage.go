package main

import (
	"bufio"
	"fmt"
	"log"
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

// verdict leaves a folder behind of which nobody knows the name.
func verdict(check func(dir string) int) {
	dir, err := os.MkdirTemp("", "verdict")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	if code := check(dir); code != 0 {
		os.Exit(code) // want `os.Exit ends the process: os.RemoveAll, deferred at line \d+, is not called`
	}
}

type session struct{ out *bufio.Writer }

// flushed has written something into the field's writer.
func flushed(s *session, lines []string) {
	defer s.out.Flush()
	for _, line := range lines {
		if _, err := s.out.WriteString(line); err != nil {
			log.Fatal(err) // want `log.Fatal ends the process: Flush, deferred at line \d+, is not called`
		}
	}
}
