package good

import (
	"context"
	"sync"
	"sync/atomic"
	"time"
)

// What goroutines do that are started in other functions than the one whose
// variables they use, with something that orders it.

func eachName(names []string, work func(string) error) {
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			_ = work(name)
		}()
	}
	wg.Wait()
}

func collectLocked(names []string, load func(string) error) []string {
	var mu sync.Mutex
	var failed []string
	eachName(names, func(name string) error {
		err := load(name)
		if err != nil {
			mu.Lock()
			failed = append(failed, name)
			mu.Unlock()
		}
		return err
	})
	return failed
}

// Whoever is first sets the variable, and nobody else.
func collectFirst(names []string, load func(string) error) error {
	var first error
	var won atomic.Bool
	eachName(names, func(name string) error {
		err := load(name)
		if err != nil && won.CompareAndSwap(false, true) {
			first = err
		}
		return err
	})
	return first
}

// Each goroutine has an element of its own.
func collectOwn(names []string, load func(string) (int, error)) []int {
	sizes := make([]int, len(names))
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			sizes[i], _ = load(name)
		}()
	}
	wg.Wait()
	return sizes
}

// The timer's function has run when ctx is done.
func giveUp(ctx context.Context, patience time.Duration, find func(context.Context) bool) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var reason error
	fired := make(chan struct{})
	time.AfterFunc(patience, func() {
		reason = context.DeadlineExceeded
		close(fired)
	})
	if find(ctx) {
		return nil
	}
	<-fired
	return reason
}

type tree struct {
	mu    sync.Mutex
	nodes map[string]*node
	below func(string) []string
}

type node struct {
	done chan struct{}
	size int
}

// start begins to load a node; each call has a variable of its own, also
// those that the goroutine makes.
func (t *tree) start(name string) *node {
	t.mu.Lock()
	n, ok := t.nodes[name]
	if !ok {
		n = &node{done: make(chan struct{})}
		t.nodes[name] = n
		go func() {
			for _, child := range t.below(name) {
				t.start(child)
			}
			close(n.done)
		}()
	}
	t.mu.Unlock()
	return n
}
