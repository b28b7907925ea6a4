// Package good holds near misses: something orders each pair of accesses.
package good

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

type page struct {
	url  string
	body string
}

type fetcher interface {
	fetch(ctx context.Context, url string) (page, error)
}

// The goroutine has an err of its own.
func loadConfig(ctx context.Context, f fetcher) (page, error) {
	main, err := f.fetch(ctx, "main")
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, err := f.fetch(ctx, "extra")
		_ = err
	}()
	if err != nil {
		return page{}, err
	}
	<-done
	return main, nil
}

// Read after the goroutine has ended.
func secondError(ctx context.Context, f fetcher) error {
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, err = f.fetch(ctx, "extra")
	}()
	<-done
	return err
}

func countBytes(pages []page) int {
	var total atomic.Int64
	var wg sync.WaitGroup
	for _, p := range pages {
		wg.Add(1)
		go func() {
			defer wg.Done()
			total.Add(int64(len(p.body)))
		}()
	}
	wg.Wait()
	return int(total.Load())
}

func longest(pages []page) int {
	most := 0
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, p := range pages {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			most = max(most, len(p.body))
		}()
	}
	wg.Wait()
	return most
}

// Each goroutine has an element of its own.
func fetchAll(ctx context.Context, f fetcher, urls []string) []page {
	pages := make([]page, len(urls))
	var wg sync.WaitGroup
	for i, url := range urls {
		wg.Go(func() {
			pages[i], _ = f.fetch(ctx, url)
		})
	}
	wg.Wait()
	return pages
}

// The result travels through the channel.
func fetchWithin(f fetcher, url string, limit time.Duration) (page, error) {
	done := make(chan page, 1)
	go func() {
		p, _ := f.fetch(context.Background(), url)
		done <- p
	}()
	select {
	case p := <-done:
		return p, nil
	case <-time.After(limit):
		return page{}, errors.New("too late")
	}
}

// Only read when the goroutine is known to have ended.
func fetchFlagged(f fetcher, url string, limit time.Duration) (p page, err error) {
	var got page
	done := make(chan struct{})
	go func() {
		got, _ = f.fetch(context.Background(), url)
		close(done)
	}()
	select {
	case <-done:
		return got, nil
	case <-time.After(limit):
		return page{}, errors.New("too late")
	}
}

// Done comes last, as it is deferred first.
func sum(parts []int) (total int) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		n := 0
		defer func() { total = n }()
		for _, p := range parts {
			n += p
		}
	}()
	wg.Wait()
	return total
}

type stats struct {
	mu     sync.Mutex
	served int
	failed int
}

func (s *stats) hit() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.served++
}

// failLocked is called with the lock held.
func (s *stats) failLocked() { s.failed++ }

func (s *stats) fail() {
	s.mu.Lock()
	s.failLocked()
	s.mu.Unlock()
}

func serve(names []string) int {
	s := &stats{}
	go func() {
		for _, name := range names {
			if name == "" {
				s.fail()
			} else {
				s.hit()
			}
		}
	}()
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.served + s.failed
}

type poller struct {
	state string
	stop  chan struct{}
}

// All fields are set before the goroutine starts.
func newPoller() *poller {
	p := &poller{stop: make(chan struct{})}
	p.state = "started"
	go p.loop()
	return p
}

func (p *poller) loop() {
	for {
		select {
		case <-p.stop:
			return
		default:
			p.state = "polling"
		}
	}
}

// Once orders the initialiser before all who call Do.
type lazy struct {
	once  sync.Once
	value string
}

func (l *lazy) get() string {
	l.once.Do(func() { l.value = "made" })
	return l.value
}

func useLazily() {
	l := &lazy{}
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() { _ = l.get() })
	}
	wg.Wait()
}

// An empty critical section is a barrier.
func barrier() int {
	var mu sync.Mutex
	n := 0
	mu.Lock()
	go func() {
		n = 1
		mu.Unlock()
	}()
	mu.Lock()
	mu.Unlock()
	return n
}

// A channel of one element used as a lock.
func semaphore(values []int) int {
	sem := make(chan struct{}, 1)
	var wg sync.WaitGroup
	sum := 0
	for _, v := range values {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sem <- struct{}{}
			sum += v
			<-sem
		}()
	}
	wg.Wait()
	return sum
}

// Done through a pointer parameter.
func add(wg *sync.WaitGroup, to *int, v int) {
	defer wg.Done()
	*to = v
}

func pair() int {
	var a, b int
	var wg sync.WaitGroup
	wg.Add(2)
	go add(&wg, &a, 1)
	go add(&wg, &b, 2)
	wg.Wait()
	return a + b
}

// Published under the lock, read after a locked check.
type box struct {
	mu    sync.Mutex
	ready bool
	value string
}

func publish() string {
	b := &box{}
	go func() {
		b.value = "x"
		b.mu.Lock()
		b.ready = true
		b.mu.Unlock()
	}()
	b.mu.Lock()
	ok := b.ready
	b.mu.Unlock()
	if ok {
		return b.value
	}
	return ""
}

func TestSubtests(t *testing.T) {
	count := 0
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) {
			count++ // one after the other
		})
	}
}
