// Package bad holds channels that are closed wrongly.
package bad

import (
	"sync"
	"time"
)

type feed struct {
	events chan string
	done   chan struct{}
}

func newFeed() *feed { return &feed{events: make(chan string, 1), done: make(chan struct{})} }

func (f *feed) stop() { close(f.done) } // want `f.done is closed here more than once: this panics` `f.done is nil where it is closed here: this panics`

// Both goroutines stop the feed.
func runTwice(work func() error) {
	f := newFeed()
	go func() {
		if err := work(); err != nil {
			f.stop()
		}
	}()
	f.stop()
}

// The receiver closes what the other side still sends on.
func follow(load func() string) string {
	f := newFeed()
	go func() {
		f.events <- load()
	}()
	select {
	case e := <-f.events:
		return e
	case <-time.After(time.Second):
		close(f.events) // want `f.events is closed here while the send at bad.go:\d+ may be still to come, which then panics`
		return ""
	}
}

// Every worker closes the results.
func collect(parts [2][]int) int {
	results := make(chan int, 8)
	var wg sync.WaitGroup
	for _, part := range parts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, v := range part {
				results <- v
			}
			close(results) // want `results is closed here while the send at bad.go:\d+ may be still to come, which then panics`
		}()
	}
	wg.Wait()
	return len(results)
}

// It is closed before the workers are done.
func gather(jobs []int) []int {
	out := make(chan int, 16)
	for _, j := range jobs {
		go func() { out <- j * j }()
	}
	close(out) // want `out is closed here while the send at bad.go:\d+ may be still to come, which then panics`
	var all []int
	for v := range out {
		all = append(all, v)
	}
	return all
}

// The channel was never made.
func closeNil() {
	var f feed
	f.stop()
	go f.stop()
}
