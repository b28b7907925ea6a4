// Package good holds what deferargs is silent on: values taken early on
// purpose, and values that don't change.
package good

import (
	"context"
	"fmt"
	"log"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"time"
)

// Saved to be restored, and used again in between.
func inDirectory(dir string, f func() error) error {
	old, err := os.Getwd()
	if err != nil {
		return err
	}
	defer os.Chdir(old)
	defer os.Setenv("PWD", os.Getenv("PWD"))
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	if err := os.Chdir(dir); err != nil {
		return err
	}
	old = dir // not what the deferred call restores
	return f()
}

type terminal struct{ mode int }

func (t *terminal) setMode(mode int) { t.mode = mode }
func (t *terminal) getMode() int     { return t.mode }

func raw(t *terminal, f func()) {
	mode := t.getMode()
	defer t.setMode(mode)
	mode |= 1
	t.setMode(mode)
	f()
}

type scope struct{ vars map[string]int }

type interpreter struct{ scope *scope }

func (in *interpreter) restore(s *scope) { in.scope = s }

func (in *interpreter) block(f func()) {
	saved := in.scope
	defer in.restore(saved)
	defer func(s *scope) { in.scope = s }(in.scope)
	in.scope = &scope{vars: map[string]int{}}
	f()
}

// Tokens and two-step traces.
func lock(mu *sync.Mutex) *sync.Mutex { mu.Lock(); return mu }
func unlock(mu *sync.Mutex)           { mu.Unlock() }

func trace(name string, depth int, err error) func() {
	began := time.Now()
	log.Println(name, depth, "entered", err)
	return func() { log.Println(name, "left after", time.Since(began)) }
}

func began(name string) (string, time.Time) { return name, time.Now() }
func ended(name string, start time.Time)    { log.Println(name, "took", time.Since(start)) }

func tokens(mu *sync.Mutex, name string) (err error) {
	depth := 0
	defer unlock(lock(mu))
	defer trace(name, depth, err)()
	defer ended(began(name))
	defer ended(name, time.Now())
	depth++
	log.Println(depth)
	err = os.Remove(name)
	return err
}

// Measured when the literal runs, or measured on purpose and kept.
func timed(f func(), observe func(time.Duration)) {
	start := time.Now()
	defer func() { observe(time.Since(start)) }()
	setup := time.Since(start)
	defer observe(setup)
	defer each(func() { observe(time.Since(start)) })
	f()
}

func each(f func()) { f() }

// A pointer sees what is written behind it, and so does a map.
type outcome struct {
	err   error
	count int
}

func (o *outcome) print() { fmt.Println(o.err, o.count) }

func report(o *outcome)                 { fmt.Println(o.err, o.count) }
func reportAll(counts map[string]int)   { fmt.Println(counts) }
func reportError(err *error, n *int)    { fmt.Println(*err, *n) }
func flush(pending *[]string)           { fmt.Println(*pending) }
func waitFor(wg *sync.WaitGroup)        { wg.Wait() }
func cancelAll(cs []context.CancelFunc) { _ = cs }

func pointers(path string) (err error) {
	var o outcome
	var n int
	var pending []string
	var wg sync.WaitGroup
	counts := make(map[string]int)
	defer o.print()
	defer report(&o)
	defer reportAll(counts)
	defer reportError(&err, &n)
	defer flush(&pending)
	defer wg.Wait()
	defer waitFor(&wg)
	o.count++
	n++
	counts[path]++
	pending = append(pending, path)
	wg.Go(func() {})
	_, err = os.Stat(path)
	return err
}

// The channel keeps its name for the select and its value for the call.
func merge(a, b <-chan int, out chan<- int) {
	defer close(out)
	stop := make(chan os.Signal, 1)
	signal.Notify(stop, os.Interrupt)
	defer signal.Stop(stop)
	for a != nil || b != nil {
		select {
		case v, ok := <-a:
			if !ok {
				a = nil
				continue
			}
			out <- v
		case v, ok := <-b:
			if !ok {
				b = nil
				continue
			}
			out <- v
		case <-stop:
			stop = nil
		}
	}
}
