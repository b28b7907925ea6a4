// Command render leaves nothing behind.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"log"
	"os"
	"sync"
)

func main() {
	// What is deferred is in run.
	if err := run(); err != nil {
		log.Fatal(err)
	}
}

func run() error {
	dir, err := os.MkdirTemp("", "render")
	if err != nil {
		log.Fatal(err) // nothing is deferred yet
	}
	defer os.RemoveAll(dir)
	return errors.New(dir)
}

// closed skips what ends with the process anyway.
func closed(path string, mu *sync.Mutex) {
	mu.Lock()
	defer mu.Unlock()
	f, err := os.Open(path)
	if err != nil {
		log.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Stat(); err != nil {
		log.Fatal(err)
	}
}

// removed removes the file itself before it exits.
func removed(path string) {
	defer os.Remove(path)
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		os.Remove(path)
		os.Exit(1)
	}
}

func quit(w *bufio.Writer, usage bool) {
	if usage {
		fmt.Fprintln(w, "usage")
		os.Exit(2)
	}
	defer w.Flush()
	fmt.Fprintln(w, "ok")
}

// caught runs what is deferred: a panic isn't an exit.
func caught(path string) {
	defer os.Remove(path)
	if path == "" {
		log.Panic("no path")
	}
}

// flushed flushes the same way that the deferred call would.
func flushed(w *bufio.Writer, err error) {
	done := func() { _ = w.Flush() }
	defer done()
	if err != nil {
		done()
		log.Fatal(err)
	}
}

// elsewhere exits on another goroutine.
func elsewhere(path string, quit <-chan struct{}) {
	defer os.Remove(path)
	go func() {
		<-quit
		os.Exit(1)
	}()
}

// Store isn't a library's: this is a command.
func Store() error {
	log.Fatal("not here")
	return nil
}

// deep may exit somewhere below; it isn't there to exit.
func deep(path string) error {
	defer os.Remove(path)
	if err := run(); err != nil {
		return err
	}
	all()
	return nil
}

func all() { closed("", new(sync.Mutex)) }
