// Package queues puts values in interfaces.
package queues

import (
	"container/heap"
	"container/list"
	"io"
)

type job struct {
	id       int
	priority int
}

type jobs []job

func (j jobs) Len() int           { return len(j) }
func (j jobs) Less(a, b int) bool { return j[a].priority < j[b].priority }
func (j jobs) Swap(a, b int)      { j[a], j[b] = j[b], j[a] }
func (j *jobs) Push(x any)        { *j = append(*j, x.(job)) }

func (j *jobs) Pop() any {
	last := len(*j) - 1
	x := (*j)[last]
	*j = (*j)[:last]
	return x
}

//goconclint:hot
func schedule(queue *jobs, pending []job) {
	for _, next := range pending {
		heap.Push(queue, next) // want `heap.Push boxes job values of 16 bytes on a hot path: one allocation per call`
	}
}

//goconclint:hot
func remember(recent *list.List, keys []string, hits []int) {
	for i, key := range keys {
		recent.PushBack(key)     // want `recent.PushBack boxes string values of 16 bytes on a hot path: one allocation per call`
		recent.PushBack(hits[i]) // want `recent.PushBack boxes int values of 8 bytes on a hot path: one allocation per number above 255`
	}
}

// A stack holds nothing but jobs, as its methods see to.
type stack struct {
	items []any
}

//goconclint:hot
func (s *stack) push(j job) {
	s.items = append(s.items, j) // want `s.items is a \[\]any that holds only job, boxed on a hot path: one allocation per element`
}

func (s *stack) pop() job {
	last := s.items[len(s.items)-1]
	s.items = s.items[:len(s.items)-1]
	return last.(job)
}

//goconclint:hot
func total(sizes []int) int {
	boxed := make(map[int]any)
	for i, size := range sizes {
		boxed[i] = size // want `boxed is a map\[int\]any that holds only int, boxed on a hot path: one allocation per number above 255`
	}
	sum := 0
	for _, size := range boxed {
		sum += size.(int)
	}
	return sum
}

// count is given a pointer to an interface for no reason.
//
//goconclint:hot
func count(r *io.Reader, buf []byte) int { // want `r is a \*io.Reader, to an interface that is only read, on a hot path: one more load per use`
	n, err := (*r).Read(buf)
	if err != nil {
		return 0
	}
	return n
}

func countAll(r io.Reader) int {
	buf := make([]byte, 512)
	return count(&r, buf) + count(&r, buf)
}
