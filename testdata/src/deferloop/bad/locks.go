package bad

import (
	"fmt"
	"log"
	"sync"
	"sync/atomic"
)

type cache struct {
	mu     sync.RWMutex
	items  map[string]int
	shards []*shard
	runs   atomic.Int64
}

type shard struct {
	sync.Mutex
	items map[string]int
}

// The second round waits for the first.
func (c *cache) addAll(keys []string) {
	for _, key := range keys {
		c.mu.Lock()
		defer c.mu.Unlock() // want `c.mu is locked again in the next iteration while the deferred Unlock waits for addAll to return: deadlock`
		c.items[key]++
	}
}

func (c *cache) addSome(keys []string) {
	for _, key := range keys {
		if key == "" {
			continue
		}
		c.mu.Lock()
		defer func() { // want `c.mu is locked again in the next iteration`
			c.runs.Add(1)
			c.mu.Unlock()
		}()
		c.items[key]++
	}
}

func (c *cache) sum(keys []string) (n int) {
	for _, key := range keys {
		c.mu.RLock()
		defer c.mu.RUnlock() // want `c.mu is read-locked again in the next iteration while the deferred RUnlock waits for sum to return: deadlock as soon as a writer waits`
		n += c.items[key]
	}
	return n
}

// A lock per iteration, all of them held in the end.
func (c *cache) reset() {
	for _, s := range c.shards {
		s.Lock()
		defer s.Unlock() // want `s of every iteration stays locked until reset returns: the deferred s.Unlock\(\) runs only then`
		clear(s.items)
	}
}

// A semaphore that never empties.
func (c *cache) warm(keys []string, fetch func(string) int) {
	slots := make(chan struct{}, 8)
	for _, key := range keys {
		slots <- struct{}{}
		defer func() { <-slots }() // want `every iteration keeps its place in slots until warm returns: once all are taken, the send waits for ever`
		log.Println(fetch(key))
	}
}

// A recover that is meant for one job.
func runAll(jobs []func()) {
	for i, job := range jobs {
		defer func() { // want `a panic in one iteration ends the loop: the deferred recover runs when runAll returns, not per iteration`
			if r := recover(); r != nil {
				fmt.Println("job", i, "failed:", r)
			}
		}()
		job()
	}
}
