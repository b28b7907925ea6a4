// Package good holds what loopcapture is silent on.
package good

import (
	"io"
	"log"
	"net/http"
	"os"
	"sync"
	"testing"
	"time"
)

type item struct {
	name string
	run  func()
}

func (it *item) start() { log.Println(it.name) }

// Since Go 1.22 each iteration has variables of its own.
func perIteration(items []item, t *testing.T) (out []*item, fns []func()) {
	for i, it := range items {
		go func() { log.Println(i, it.name) }()
		defer func() { log.Println(i, it.name) }()
		out = append(out, &it)
		fns = append(fns, func() { log.Println(i) })
		go it.start()
		t.Run(it.name, func(t *testing.T) {
			t.Parallel()
			log.Println(it.name)
		})
	}
	for i := 0; i < len(items); i++ {
		go func() { log.Println(i) }()
		if items[i].name == "" {
			continue
		}
		defer func() { log.Println(items[i]) }()
	}
	return out, fns
}

// Declared in the body.
func inBody(urls []string) {
	for i := range urls {
		url := urls[i]
		var resp *http.Response
		go func() {
			resp, _ = http.Get(url)
			log.Println(resp)
		}()
	}
}

// From outside, but set before the loop only, or by the goroutine first.
func outside(paths []string) {
	prefix := os.TempDir()
	if len(paths) > 3 {
		prefix = "/"
	}
	var err error
	for _, path := range paths {
		if err = os.Chdir(path); err != nil {
			return
		}
		go func() {
			if err = os.Remove(prefix + path); err != nil { // a data race, and datarace's to say
				log.Println(err)
			}
		}()
	}
}

// Waited for.
func waited(paths []string) {
	var path string
	var wg sync.WaitGroup
	done := make(chan bool)
	results := make(chan string)
	for _, path = range paths {
		wg.Go(func() { os.Remove(path) })
		wg.Wait()
		go func() { os.Remove(path); done <- true }()
		<-done
		go func() {
			defer close(results)
			results <- path
		}()
		for r := range results {
			log.Println(r)
		}
		func() { log.Println(path) }()
	}
}

// Waited for at the other end of a pipe.
func piped(paths []string, read func(io.Reader) error) error {
	var f *os.File
	var err error
	for _, path := range paths {
		if f, err = os.Open(path); err != nil {
			return err
		}
		pr, pw := io.Pipe()
		go func() {
			_, err := io.Copy(pw, f)
			pw.CloseWithError(err)
		}()
		if err := read(pr); err != nil {
			return err
		}
	}
	return nil
}

// Left.
func first(paths []string) (found *string, run func()) {
	var path string
	for _, path = range paths {
		if path != "" {
			defer func() { log.Println("found", path) }()
			return &path, func() { log.Println(path) }
		}
	}
	for _, path = range paths {
		if path == "x" {
			go func() { log.Println(path) }()
			break
		}
	}
	return nil, nil
}

// Under a lock.
func locked(n int) {
	var mu sync.Mutex
	var last time.Time
	for range n {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			log.Println(last)
		}()
		mu.Lock()
		last = time.Now()
		mu.Unlock()
	}
}

// The last value is the one to see.
func finals(paths []string) (err error) {
	var current string
	ok := false
	n := 0
	for _, path := range paths {
		current = path
		ok = path != ""
		n++
		defer func() {
			if err != nil || !ok {
				log.Println("failed after", n)
			}
		}()
		var f *os.File
		f, err = os.Open(current)
		if err != nil {
			return err
		}
		f.Close()
	}
	log.Println("last", current)
	return nil
}

// Kept in the iteration, or overwritten by the next.
func contained(names []string) {
	var name string
	var current item
	for _, name = range names {
		var local []func()
		local = append(local, func() { log.Println(name) })
		it := &item{}
		it.run = func() { log.Println(name) }
		for _, f := range local {
			f()
		}
		it.run()
		current.run = func() { log.Println(name) }
		current.run()
	}
}

type feed struct{ updates chan int }

// A variable that one iteration sets, when it is first needed.
func selectFrom(subscribe func() (*feed, error), unsubscribe func(*feed), pick func(int) bool) (int, error) {
	var sub *feed
	for {
		if sub == nil {
			var err error
			sub, err = subscribe()
			if err != nil {
				return 0, err
			}
			defer func() { unsubscribe(sub) }()
		}
		if n := <-sub.updates; pick(n) {
			return n, nil
		}
	}
}

// A flag keeps the loop from setting the variable again: once it is true,
// nothing makes it false but what leaves the loop.
func shutdown(next func() (int, error), stopping func() bool, send func(int)) {
	var wg sync.WaitGroup
	var id int
	var draining bool
	for {
		got, err := next()
		if err != nil {
			draining = stopping()
			if !draining {
				break
			}
			wg.Go(func() { send(id) })
			continue
		}
		if draining {
			continue
		}
		id = got + 4
	}
	wg.Wait()
}

// Only the last iteration comes to it.
func atLast(steps []func(string), done chan<- struct{}) {
	var out string
	for i, step := range steps {
		if i+1 == len(steps) {
			out = "last"
			go func() {
				step(out)
				close(done)
			}()
		}
	}
}
