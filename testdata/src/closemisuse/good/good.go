// Package good holds near misses: each channel is closed once, by whom it may.
package good

import (
	"errors"
	"sync"
	"time"
)

type feed struct {
	mu     sync.Mutex
	closed bool
	once   sync.Once
	events chan string
	done   chan struct{}
}

func newFeed() *feed { return &feed{events: make(chan string, 1), done: make(chan struct{})} }

func (f *feed) stop() { f.once.Do(func() { close(f.done) }) }

func runTwice(work func() error) {
	f := newFeed()
	go func() {
		if err := work(); err != nil {
			f.stop()
		}
	}()
	f.stop()
}

func (f *feed) shut() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if !f.closed {
		f.closed = true
		close(f.done)
	}
}

func shutTwice() {
	f := newFeed()
	go f.shut()
	f.shut()
}

// The sender closes.
func follow(load func() string) string {
	f := newFeed()
	go func() {
		defer close(f.events)
		f.events <- load()
	}()
	select {
	case e := <-f.events:
		return e
	case <-time.After(time.Second):
		return ""
	}
}

func export(rows []string) error {
	out := make(chan string, len(rows))
	defer close(out)
	for _, row := range rows {
		if row == "" {
			return errors.New("empty row")
		}
		out <- row
	}
	return nil
}

// Closed when all senders are done.
func collect(parts [2][]int) int {
	results := make(chan int)
	var wg sync.WaitGroup
	for _, part := range parts {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, v := range part {
				results <- v
			}
		}()
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	sum := 0
	for v := range results {
		sum += v
	}
	return sum
}

// One value, then the end.
func single(load func() int) int {
	out := make(chan int)
	go func() {
		out <- load()
		close(out)
	}()
	return <-out
}

// Each round has a channel of its own.
func rounds(n int) {
	for range n {
		tick := make(chan struct{})
		go func() { close(tick) }()
		<-tick
	}
}

// A check by select, in the only goroutine that closes.
func closeChecked(done chan struct{}) {
	select {
	case <-done:
	default:
		close(done)
	}
}
