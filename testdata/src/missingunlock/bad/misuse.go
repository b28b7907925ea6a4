package bad

import (
	"errors"
	"sync"
)

type cache struct {
	mu    sync.RWMutex
	items map[string]int
	info  *details
}

type details struct {
	sync.Mutex
	code *int
}

func (c *cache) exitCode() (int, error) {
	return func() (int, error) {
		c.info.Lock()
		defer c.info.Unlock()
		if c.info.code == nil {
			c.info.Unlock() // want `c.info is released here and once more by the deferred call of line 22: a fatal error`
			return 0, errors.New("still running")
		}
		return *c.info.code, nil
	}()
}

func (c *cache) size() int {
	c.mu.RLock()
	defer c.mu.Unlock() // want `c.mu is locked for reading at line 32: Unlock in the place of RUnlock is a fatal error`
	return len(c.items)
}

func (c *cache) set(key string, value int) {
	c.mu.Lock()
	c.items[key] = value
	c.mu.RUnlock() // want `c.mu is locked for writing at line 38: RUnlock in the place of Unlock is a fatal error`
}

func (c *cache) lookup(key string) (int, bool) {
	c.mu.RLock()
	defer c.mu.RLock() // want `deferred RLock takes c.mu once more as the function returns: nothing releases it \(locked at line 44\)`
	value, ok := c.items[key]
	return value, ok
}

func (c *cache) reset() {
	c.mu.Lock()
	defer c.mu.Lock() // want `deferred Lock takes c.mu once more`
	clear(c.items)
}

func (c *cache) remove(key string) bool {
	c.mu.Lock()
	_, ok := c.items[key]
	if !ok {
		c.mu.Unlock()
	}
	delete(c.items, key)
	c.mu.Unlock() // want `c.mu has been released at line 60: to unlock it again is a fatal error`
	return ok
}

type search struct {
	mu   sync.RWMutex
	head *details
}

// One branch leaves the unlock to a goroutine, the other one forgets it.
func (s *search) run(wg *sync.WaitGroup, visit func(*details)) {
	s.mu.RLock() // want `s.mu is locked here and released on some paths only: one reaches line 84 without`
	if s.head != nil {
		wg.Add(1)
		go func() {
			defer s.mu.RUnlock()
			defer wg.Done()
			visit(s.head)
		}()
	}
	wg.Wait()
}
