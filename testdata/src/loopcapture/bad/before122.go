//go:build go1.21

package bad

import (
	"crypto/sha256"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"sync"
	"testing"
	"time"
)

// In the middle of the iteration.
func fetchSome(urls []string) {
	var wg sync.WaitGroup
	for _, url := range urls {
		wg.Add(1)
		go func() {
			defer wg.Done()
			http.Get(url) // want `url is shared by all iterations in go1.21`
		}()
		log.Println("started")
	}
	wg.Wait()
}

// By another name.
func named(jobs []func()) {
	for i, job := range jobs {
		run := func() {
			log.Println(i) // want `i and job are shared`
			job()
		}
		if i%2 == 0 {
			go run()
			continue
		}
		defer log.Println("done")
	}
}

type task struct {
	name string
	size [4]int
	run  func()
	mu   sync.Mutex
}

func (t *task) start() { log.Println(t.name) }

// Kept in slices, maps, fields and channels.
func keep(names []string, queue chan<- func()) []func() {
	var tasks []func()
	byName := make(map[string]func())
	var all []task
	for _, name := range names {
		tasks = append(tasks, func() { fmt.Println(name) })        // want `name is shared by all iterations in go1.21: the stored function sees the last value only`
		byName[name] = func() { fmt.Println(name) }                // want `name is shared`
		all = append(all, task{run: func() { fmt.Println(name) }}) // want `name is shared`
		queue <- func() { fmt.Println(name) }                      // want `name is shared by all iterations in go1.21: the goroutine reads what`
	}
	return tasks
}

func attach(tasks []*task) {
	for _, t := range tasks {
		t.run = func() { fmt.Println(t.name) } // want `t is shared by all iterations`
	}
}

// Addresses.
func addresses(tasks []task, names []string) (out []*task, byName map[string]*string, best *task) {
	byName = make(map[string]*string)
	var sums [][]byte
	for _, t := range tasks { //nolint:copylocks // the fixture's point is elsewhere
		out = append(out, &t) // want `t is shared by all iterations in go1.21: each stored pointer points to the last value`
		if t.size[0] > 3 {
			best = &t // want `t is shared`
		}
		go t.start()        // want `t is shared by all iterations in go1.21: the goroutine reads what`
		defer t.mu.Unlock() // want `t is shared by all iterations in go1.21: the deferred call sees the last value only`
	}
	for _, name := range names {
		byName[name] = &name // want `name is shared`
	}
	var hashes [][sha256.Size]byte
	for _, sum := range hashes {
		sums = append(sums, sum[:]) // want `sum is shared`
	}
	return out, byName, best
}

// Handed to those who call it later.
func handlers(mux *http.ServeMux, pages map[string]string, t *testing.T) {
	for path, page := range pages {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			io.WriteString(w, page) // want `page is shared by all iterations in go1.21: the stored function sees`
		})
		t.Cleanup(func() { os.Remove(path) })                     // want `path is shared`
		time.AfterFunc(time.Second, func() { log.Println(path) }) // want `path is shared`
	}
}

// Receives that wait for somebody else.
func throttled(urls []string, done <-chan struct{}) {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for _, url := range urls {
		go func() {
			http.Get(url) // want `url is shared`
		}()
		select {
		case <-tick.C:
		case <-done:
			return
		}
	}
}
