package good

import "sync"

// A tree is summed by goroutines that start others: each has a node of its own,
// or a lock for what they share, or is waited for before the next one starts.
type tree struct {
	name     string
	children []*tree
	sizes    map[string]int
}

// sum works on the children's own maps.
func (t *tree) sum(done func()) {
	go func() {
		defer done()
		t.sizes[t.name] = len(t.children)
		for _, child := range t.children {
			child.sum(func() {})
		}
	}()
}

// A collection has one map, a slot that only one goroutine has, and a lock.
type collection struct {
	turn  chan struct{}
	wg    sync.WaitGroup
	mu    sync.Mutex
	names map[string]bool
	order map[string]int
}

func newCollection() *collection {
	return &collection{turn: make(chan struct{}, 1), names: make(map[string]bool), order: make(map[string]int)}
}

func (c *collection) add(t *tree) {
	c.wg.Add(1)
	go func() {
		defer c.wg.Done()
		c.mu.Lock()
		c.names[t.name] = true
		c.mu.Unlock()
		c.turn <- struct{}{}
		c.order[t.name] = len(c.order)
		<-c.turn
		for _, child := range t.children {
			c.add(child)
		}
	}()
}

// one starts a goroutine for each child, and waits for it before the next.
func (c *collection) one(t *tree) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		c.names[t.name] = true
		for _, child := range t.children {
			c.one(child)
		}
	}()
	<-done
}

func Collect(t *tree) (map[string]bool, map[string]int) {
	c := newCollection()
	c.add(t)
	c.wg.Wait()
	c.one(t)
	t.sum(func() {})
	return c.names, c.order
}
