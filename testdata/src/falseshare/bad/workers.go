// Package workers counts in neighbouring memory.
package workers

import (
	"sync"
	"sync/atomic"
)

func count(jobs [][]int) []int {
	counts := make([]int, len(jobs))
	var wg sync.WaitGroup
	for i, job := range jobs {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for _, n := range job {
				counts[i] += n // want `counts\[i\] is written in a loop by a goroutine per element: elements of 8 bytes share cache lines; add up in a local variable`
			}
		}()
	}
	wg.Wait()
	return counts
}

func hits(n int, next func() bool) int64 {
	var hits [8]atomic.Int64
	var wg sync.WaitGroup
	for i := range hits {
		wg.Go(func() {
			for next() {
				hits[i].Add(1) // want `hits\[i\] is written in a loop by a goroutine per element: elements of 8 bytes share cache lines`
			}
		})
	}
	wg.Wait()
	return hits[n].Load()
}

type ring struct {
	slots []int
	head  atomic.Uint64
	tail  atomic.Uint64 // want `tail shares a cache line with head, and two goroutines write them in loops: each write makes the other wait`
}

func (r *ring) run(in, out chan int) {
	go func() {
		for x := range in {
			r.slots[r.head.Load()%8] = x
			r.head.Add(1)
		}
	}()
	go r.drain(out)
}

func (r *ring) drain(out chan int) {
	for {
		out <- r.slots[r.tail.Load()%8]
		r.tail.Add(1)
	}
}
