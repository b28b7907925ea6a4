package good

import (
	"fmt"
	"sync"
)

// T stands for *testing.T, as packages have it that serve tests.
type T interface {
	Errorf(format string, args ...any)
	FailNow()
}

// A mock's fail never returns: it ends the test, under a lock that it gives
// back by a deferred call.
type mock struct {
	mu    sync.Mutex
	test  T
	calls map[string]int
}

func (m *mock) fail(format string, args ...any) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.test == nil {
		panic(fmt.Sprintf(format, args...))
	}
	m.test.Errorf(format, args...)
	m.test.FailNow()
}

func (m *mock) called(name string) int {
	m.mu.Lock()
	n, expected := m.calls[name]
	if !expected {
		m.mu.Unlock()
		m.fail("unexpected call of %s", name)
	}
	m.calls[name]++
	m.mu.Unlock()
	return n
}

// Each shard is locked in a literal of its own, whose loop goes over what the
// lock is for.
type shard struct {
	sync.RWMutex
	items map[string]int
}

func each(shards []*shard, visit func(int) bool) {
	for _, s := range shards {
		stop := func() bool {
			s.RLock()
			defer s.RUnlock()
			for _, item := range s.items {
				if visit(item) {
					return true
				}
			}
			return false
		}()
		if stop {
			break
		}
	}
}

// Every node's lock on the way is kept to the end.
type node struct {
	mu       *sync.RWMutex
	mounted  bool
	children map[string]*node
}

func (n *node) find(path []string) *node {
	at := n
	for _, name := range path {
		if at.mounted {
			at.mu.RLock()
			defer at.mu.RUnlock()
		}
		next := at.children[name]
		if next == nil {
			return at
		}
		at = next
	}
	return at
}
