// Package workers keeps what goroutines write apart.
package workers

import (
	"sync"
	"sync/atomic"
)

func once(jobs []func() int) []int {
	results := make([]int, len(jobs))
	var wg sync.WaitGroup
	for i, job := range jobs {
		wg.Go(func() { results[i] = job() })
	}
	wg.Wait()
	return results
}

type padded struct {
	n int64
	_ [56]byte
}

func apart(jobs [][]int) []padded {
	counts := make([]padded, len(jobs))
	var wg sync.WaitGroup
	for i, job := range jobs {
		wg.Go(func() {
			for range job {
				counts[i].n++
			}
		})
	}
	wg.Wait()
	return counts
}

func summed(jobs [][]int) []int {
	counts := make([]int, len(jobs))
	var wg sync.WaitGroup
	for i, job := range jobs {
		wg.Go(func() {
			local := make([]int, 1)
			for _, n := range job {
				local[0] += n
			}
			counts[i] = local[0]
		})
	}
	wg.Wait()
	return counts
}

type ring struct {
	head atomic.Uint64
	_    [56]byte
	tail atomic.Uint64
	done atomic.Bool
}

func (r *ring) run(in, out chan uint64) {
	go func() {
		for range in {
			r.head.Add(1)
		}
		r.done.Store(true) // once
	}()
	go func() {
		for !r.done.Load() {
			r.tail.Add(1)
			out <- r.tail.Load()
		}
	}()
}

type both struct{ a, b atomic.Int64 }

func (x *both) run(in chan int) {
	for range 2 {
		go func() {
			for range in {
				x.a.Add(1)
				x.b.Add(1)
			}
		}()
	}
}
