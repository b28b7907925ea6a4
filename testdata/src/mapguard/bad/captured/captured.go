// Package captured holds maps of functions that their goroutines use.
package captured

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Sizes forgets both the lock and the wait.
func Sizes(urls []string) map[string]int64 {
	sizes := make(map[string]int64)
	for _, url := range urls {
		go func() {
			resp, err := http.Get(url)
			if err != nil {
				return
			}
			defer resp.Body.Close()
			sizes[url] = resp.ContentLength // want `map sizes is written by all goroutines that captured.go:18 starts, at the same time and without a lock`
		}()
	}
	return sizes
}

// Waited waits for goroutines that get in each other's way all the same.
func Waited(urls []string) map[string]int {
	var wg sync.WaitGroup
	seen := map[string]int{}
	for _, url := range urls {
		wg.Add(1)
		go func(u string) {
			defer wg.Done()
			seen[u]++ // want `map seen is written by all goroutines that captured.go:36 starts, at the same time and without a lock`
		}(url)
	}
	wg.Wait()
	return seen
}

// Grouped does the same with an errgroup, several errors and a semaphore
// with room for four.
func Grouped(ctx context.Context, names []string) (map[string]error, error) {
	failed := make(map[string]error)
	g, ctx := errgroup.WithContext(ctx)
	sem := make(chan struct{}, 4)
	for _, name := range names {
		g.Go(func() error {
			sem <- struct{}{}
			defer func() { <-sem }()
			if err := check(ctx, name); err != nil {
				failed[name] = err // want `map failed is written by all goroutines that captured.go:52 starts`
			}
			return nil
		})
	}
	return failed, g.Wait()
}

func check(ctx context.Context, name string) error { return ctx.Err() }

// NoWait locks the writes but reads the result at once.
func NoWait(keys []string) map[string]bool {
	var mu sync.Mutex
	found := make(map[string]bool)
	for _, key := range keys {
		go func() {
			mu.Lock()
			defer mu.Unlock()
			found[key] = true
		}()
	}
	return found // want `map found is returned here while goroutine started at captured.go:71 may write it \(other side holds mu\)`
}

// Timeout reads the result although the goroutine may still be at work.
func Timeout(lookup func(string) int, keys []string) int {
	result := make(map[string]int)
	done := make(chan struct{})
	go func() {
		for _, key := range keys {
			result[key] = lookup(key) // want `map result is written in this goroutine while the code at captured.go:94 may read it \(no common lock\)`
		}
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(time.Second):
	}
	return len(result)
}

// Background writes while the function goes on writing.
func Background(tick <-chan time.Time) {
	state := map[string]time.Time{"start": time.Now()}
	go func() {
		for range tick {
			fmt.Println(state)
		}
	}()
	for i := range 10 {
		state[fmt.Sprint(i)] = time.Now() // want `map state is written here while goroutine started at captured.go:100 may read it \(no common lock\)`
	}
}

// Passed hands the map to a named function.
func Passed(jobs chan string) {
	stats := make(map[string]int)
	for range 4 {
		go worker(jobs, stats)
	}
}

func worker(jobs chan string, stats map[string]int) {
	for job := range jobs {
		stats[job]++ // want `map stats is written by all goroutines that captured.go:114 starts`
	}
}

// EarlyDone signals before it writes.
func EarlyDone() int {
	var wg sync.WaitGroup
	m := make(map[int]int)
	wg.Add(1)
	go func() {
		wg.Done()
		m[1] = 1 // want `map m is written in this goroutine while the code at captured.go:134 may read it`
	}()
	wg.Wait()
	return m[1]
}

// OwnLock has a lock for each goroutine, which keeps nobody out.
func OwnLock(names []string) {
	var wg sync.WaitGroup
	ages := make(map[string]int)
	for i, name := range names {
		var mu sync.Mutex
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			ages[name] = i // want `map ages is written by all goroutines that captured.go:144 starts`
			mu.Unlock()
		}()
	}
	wg.Wait()
}

// Delayed lets a timer delete what the function still uses.
func Delayed(sessions map[string]string, id string) string {
	time.AfterFunc(time.Minute, func() {
		delete(sessions, id) // want `map sessions is written in this goroutine while the code at captured.go:159 may read it`
	})
	return sessions[id]
}

// Pool starts what it is given on goroutines of its own.
type Pool struct{ wg sync.WaitGroup }

func (p *Pool) submit(f func()) {
	p.wg.Add(1)
	go func() {
		defer p.wg.Done()
		f()
	}()
}

// Submitted doesn't see that the closure runs elsewhere.
func Submitted(p *Pool, names []string) {
	lengths := make(map[string]int)
	for _, name := range names {
		p.submit(func() {
			lengths[name] = len(name) // want `map lengths is written by all goroutines that captured.go:177 starts`
		})
	}
	p.wg.Wait()
	fmt.Println(lengths)
}

// TwoKinds starts two goroutines that share a map.
func TwoKinds(in, out chan string) {
	pending := make(map[string]bool)
	go func() {
		for s := range in {
			pending[s] = true // want `map pending is written in this goroutine while another may write it at captured.go:195`
		}
	}()
	go func() {
		for s := range out {
			delete(pending, s)
		}
	}()
}

// The goroutines use one element of the container, whichever it is.
func byShard(shards []map[string]int, keys []string) {
	shard := 0
	for _, key := range keys {
		go func() { shards[shard][key]++ }() // want `map shards\[shard\] is written here by all goroutines started at captured.go:\d+, at the same time \(no common lock\)`
	}
}
