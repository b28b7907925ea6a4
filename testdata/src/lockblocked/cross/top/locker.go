package top

import (
	"sync"

	"fixtures/lockblocked/cross/middle"
)

// crew's lock is known as an interface where it is held, two packages away.
type crew struct {
	mu   sync.Mutex
	wg   sync.WaitGroup
	done int
}

func (c *crew) work() {
	defer c.wg.Done()
	c.mu.Lock()
	c.done++
	c.mu.Unlock()
}

func (c *crew) stop() {
	c.wg.Add(1)
	go c.work()
	middle.Seize(&c.mu)
	defer middle.Yield(&c.mu)
	c.wg.Wait() // want `wait for c.wg holds c.mu, and whoever could end that waits for the lock at locker.go:\d+: a deadlock`
}

func (c *crew) stopFirst() {
	c.wg.Add(1)
	go c.work()
	c.wg.Wait()
	middle.Seize(&c.mu)
	c.done = 0
	middle.Yield(&c.mu)
}
