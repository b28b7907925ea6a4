// Package captured holds maps of functions that their goroutines use well.
package captured

import (
	"context"
	"fmt"
	"maps"
	"sort"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Before fills the map before the goroutine starts, and nobody writes after.
func Before(names []string, out chan<- int) {
	index := make(map[string]int)
	for i, name := range names {
		index[name] = i
	}
	go func() {
		for _, name := range names {
			out <- index[name]
		}
	}()
	_ = index["first"]
}

// Joined waits before it reads, in all the ways there are.
func Joined(keys []string) map[string]bool {
	var mu sync.Mutex
	var wg sync.WaitGroup
	found := make(map[string]bool)
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			defer mu.Unlock()
			found[key] = true
		}()
	}
	wg.Wait()
	return found
}

func JoinedGo(keys []string) map[string]bool {
	var mu sync.Mutex
	var wg sync.WaitGroup
	found := make(map[string]bool)
	for _, key := range keys {
		wg.Go(func() {
			mu.Lock()
			found[key] = true
			mu.Unlock()
		})
	}
	wg.Wait()
	return found
}

func JoinedGroup(ctx context.Context, keys []string) (map[string]error, error) {
	var mu sync.Mutex
	failed := make(map[string]error)
	g, ctx := errgroup.WithContext(ctx)
	for _, key := range keys {
		g.Go(func() error {
			mu.Lock()
			defer mu.Unlock()
			failed[key] = ctx.Err()
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	return failed, nil
}

func JoinedDone(key string) int {
	m := make(map[string]int)
	done := make(chan struct{})
	go func() {
		defer close(done)
		m[key]++
	}()
	<-done
	return m[key]
}

func JoinedCase(ctx context.Context, key string) (int, error) {
	m := make(map[string]int)
	done := make(chan error, 1)
	go func() {
		m[key]++
		done <- nil
	}()
	select {
	case err := <-done:
		return m[key], err
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// Closer lets one goroutine wait for the others and close.
func Closer(keys []string) map[string]int {
	results := make(chan string)
	seen := make(map[string]int)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for _, key := range keys {
		wg.Add(1)
		go func() {
			defer wg.Done()
			mu.Lock()
			seen[key] = len(key)
			mu.Unlock()
			results <- key
		}()
	}
	go func() {
		wg.Wait()
		close(results)
	}()
	for range results {
	}
	return seen
}

// Collector owns the map; the workers only send.
func Collector(keys []string) map[string]int {
	type pair struct {
		key string
		n   int
	}
	pairs := make(chan pair)
	for _, key := range keys {
		go func() { pairs <- pair{key, len(key)} }()
	}
	all := make(map[string]int)
	for range keys {
		p := <-pairs
		all[p.key] = p.n
	}
	return all
}

// OneEach gives every goroutine a map of its own.
func OneEach(groups [][]string) []map[string]int {
	var wg sync.WaitGroup
	counts := make([]map[string]int, len(groups))
	for i, group := range groups {
		counts[i] = make(map[string]int)
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, word := range group {
				counts[i][word]++
			}
		}()
	}
	wg.Wait()
	return counts
}

// PerRound makes a new map in each round.
func PerRound(batches [][]string) {
	for _, batch := range batches {
		seen := make(map[string]bool)
		for _, s := range batch {
			seen[s] = true
		}
		go func() {
			delete(seen, "")
			fmt.Println(len(seen))
		}()
	}
}

// InTurn waits in each round.
func InTurn(batches [][]string) map[string]int {
	total := make(map[string]int)
	for _, batch := range batches {
		done := make(chan bool)
		go func() {
			for _, s := range batch {
				total[s]++
			}
			done <- true
		}()
		<-done
	}
	return total
}

// Cloned hands out a copy.
func Cloned(state map[string]int, out chan<- int) {
	copied := maps.Clone(state)
	go func() { out <- len(copied) }()
	state["next"]++
}

// HandedOver sends the map away and makes a new one.
func HandedOver(in <-chan string, batches chan<- map[string]int) {
	go func() {
		batch := make(map[string]int)
		for s := range in {
			batch[s]++
			if len(batch) > 10 {
				batches <- batch
				batch = make(map[string]int)
			}
		}
	}()
}

// Released starts its goroutine early, and lets it run when all is filled.
func Released(keys []string) {
	ready := make(chan struct{})
	index := make(map[string]int)
	go func() {
		<-ready
		fmt.Println(index)
	}()
	for i, key := range keys {
		index[key] = i
	}
	close(ready)
}

// Token uses a channel with room for one as a lock.
func Token(keys []string) {
	lock := make(chan struct{}, 1)
	seen := make(map[string]bool)
	for _, key := range keys {
		go func() {
			lock <- struct{}{}
			defer func() { <-lock }()
			seen[key] = true
		}()
	}
}

// Synchronous calls its closures where they stand.
func Synchronous(words []string) map[string]int {
	rank := make(map[string]int)
	for i, word := range words {
		rank[word] = i
	}
	sort.Slice(words, func(i, j int) bool {
		rank[words[i]]++
		return rank[words[i]] < rank[words[j]]
	})
	each(words, func(word string) { rank[word] = 0 })
	return rank
}

func each(words []string, f func(string)) {
	for _, word := range words {
		f(word)
	}
}

// Ticker restarts a timer whose function takes the lock that all take.
func Ticker(sessions map[string]time.Time) {
	var mu sync.Mutex
	time.AfterFunc(time.Minute, func() {
		mu.Lock()
		defer mu.Unlock()
		clear(sessions)
	})
	mu.Lock()
	sessions["now"] = time.Now()
	mu.Unlock()
}

// Waiter waits in a function of its own.
type Waiter struct{ wg sync.WaitGroup }

func (w *Waiter) run(f func()) {
	w.wg.Add(1)
	go func() {
		defer w.wg.Done()
		f()
	}()
}

func (w *Waiter) finish() { w.wg.Wait() }

func Finished(w *Waiter) int {
	m := make(map[string]int)
	w.run(func() { m["a"] = 1 })
	w.finish()
	return len(m)
}

// First stops the loop with the goroutine.
func First(keys []string) {
	m := make(map[string]bool)
	for _, key := range keys {
		if key != "" {
			go func() { m[key] = true }()
			break
		}
	}
}

// Wrapped locks with a function that is given what to do.
func Wrapped(keys []string) {
	var mu sync.Mutex
	locked := func(f func()) {
		mu.Lock()
		defer mu.Unlock()
		f()
	}
	m := make(map[string]bool)
	for _, key := range keys {
		go func() {
			locked(func() { m[key] = true })
		}()
	}
	locked(func() { clear(m) })
}

// Expanded passes a closure to a function that runs it on goroutines, under a
// lock, and waits for them.
func Expanded(keys []string) map[string]int {
	scope := make(map[string]int)
	expand(keys, func(key string) { scope[key]++ })
	return scope
}

func expand(keys []string, add func(string)) {
	var mu sync.Mutex
	var group sync.WaitGroup
	for _, key := range keys {
		group.Go(func() {
			mu.Lock()
			defer mu.Unlock()
			add(key)
		})
	}
	group.Wait()
}

// Chosen passes a closure to a function that runs it here or elsewhere, as
// another argument says.
func Chosen(key string) map[string]int {
	counts := make(map[string]int)
	run(false, func() { counts[key]++ })
	return counts
}

func run(background bool, f func()) {
	if background {
		go f()
		return
	}
	f()
}
