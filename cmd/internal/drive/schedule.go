package drive

import (
	"container/heap"
	"context"
	"sync"
)

// schedule calls work for every node, up to limit at a time, each when those
// it comes after have been released. Of the nodes that are ready the first in
// order goes first, which keeps few packages open at a time. work may call
// release before it returns, as soon as importers can go on. When ctx is
// done, no further node is begun.
func schedule(ctx context.Context, nodes []*node, limit int, work func(n *node, release func())) {
	q := newQueue(nodes)
	stop := context.AfterFunc(ctx, q.close)
	defer stop()
	var wg sync.WaitGroup
	for range min(limit, len(nodes)) {
		wg.Go(func() {
			for n := q.next(); n != nil; n = q.next() {
				release := sync.OnceFunc(func() { q.release(n) })
				work(n, release)
				release()
			}
		})
	}
	wg.Wait()
}

// A queue holds the nodes that wait for others and those that are ready.
type queue struct {
	mu      sync.Mutex
	changed sync.Cond
	nodes   []*node
	pending []int // by node index: how many it still waits for
	ready   indices
	left    int // nodes not yet handed out
}

func newQueue(nodes []*node) *queue {
	q := &queue{nodes: nodes, pending: make([]int, len(nodes)), left: len(nodes)}
	q.changed.L = &q.mu
	for i, n := range nodes {
		q.pending[i] = len(n.after)
		if len(n.after) == 0 {
			q.ready = append(q.ready, i) // in order, hence a heap
		}
	}
	return q
}

// next returns a node that is ready, waiting for one if need be, and nil when
// none is left.
func (q *queue) next() *node {
	q.mu.Lock()
	defer q.mu.Unlock()
	for len(q.ready) == 0 && q.left > 0 {
		q.changed.Wait()
	}
	if q.left == 0 {
		return nil
	}
	q.left--
	if q.left == 0 {
		q.changed.Broadcast()
	}
	return q.nodes[heap.Pop(&q.ready).(int)]
}

func (q *queue) release(n *node) {
	q.mu.Lock()
	defer q.mu.Unlock()
	for _, user := range n.users {
		q.pending[user.index]--
		if q.pending[user.index] == 0 {
			heap.Push(&q.ready, user.index)
		}
	}
	q.changed.Broadcast()
}

// close makes next return nil from now on.
func (q *queue) close() {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.left = 0
	q.changed.Broadcast()
}

// indices is a heap of node indices, the least first.
type indices []int

func (h indices) Len() int           { return len(h) }
func (h indices) Less(i, j int) bool { return h[i] < h[j] }
func (h indices) Swap(i, j int)      { h[i], h[j] = h[j], h[i] }
func (h *indices) Push(x any)        { *h = append(*h, x.(int)) }
func (h *indices) Pop() any {
	old := *h
	last := old[len(old)-1]
	*h = old[:len(old)-1]
	return last
}
