// Package limits holds what the check doesn't see, and what it sees wrong.
package limits

import "sync/atomic"

type queue struct {
	head atomic.Uint64
	tail atomic.Uint64
}

// FN_Methods: who calls push and pop, and that they run at once, isn't known.
func (q *queue) FN_Methods(n int) {
	for range n {
		q.head.Add(1)
	}
}

func (q *queue) pop(n int) {
	for range n {
		q.tail.Add(1)
	}
}

// FP_Slow: the goroutines spend their time elsewhere, and write seldom.
func FP_Slow(wait func(int) bool) []int {
	counts := make([]int, 4)
	for i := range counts {
		go func() {
			for wait(i) {
				counts[i]++ // want `counts\[i\] is written in a loop`
			}
		}()
	}
	return counts
}
