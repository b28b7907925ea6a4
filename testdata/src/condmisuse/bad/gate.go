package bad

import (
	"fmt"
	"sync"
)

// A startGate opens when everything is there that it was made for.
type startGate struct {
	mu      sync.Mutex
	changed *sync.Cond
	missing map[string]bool
	failed  error
}

func newStartGate(names ...string) *startGate {
	g := &startGate{missing: make(map[string]bool)}
	g.changed = sync.NewCond(&g.mu)
	for _, name := range names {
		g.missing[name] = true
	}
	return g
}

func (g *startGate) Wait() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	for len(g.missing) > 0 && g.failed == nil {
		g.changed.Wait()
	}
	if g.failed != nil {
		return fmt.Errorf("gate: %w", g.failed)
	}
	return nil
}

func (g *startGate) Arrive(name string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	delete(g.missing, name)
	if len(g.missing) == 0 {
		g.changed.Signal() // want `g.changed.Signal wakes one of those who wait, but what they wait for stays true for all: it takes a Broadcast`
	}
}

func (g *startGate) Fail(err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.failed = err
	g.changed.Broadcast()
}
