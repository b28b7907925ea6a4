package good

import (
	"sync"
	"sync/atomic"
)

// gate's atomics are set under the lock, or before nobody waits for them.
type gate struct {
	mu     sync.Mutex
	cond   *sync.Cond
	closed atomic.Bool
	tokens atomic.Int64
	calls  atomic.Int64
}

func newGate() *gate {
	g := new(gate)
	g.cond = sync.NewCond(&g.mu)
	return g
}

func (g *gate) Enter() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.tokens.Load() == 0 && !g.closed.Load() {
		g.cond.Wait()
	}
	g.tokens.Add(-1)
	return !g.closed.Load()
}

func (g *gate) Put() {
	g.calls.Add(1)
	g.mu.Lock()
	g.tokens.Add(1)
	g.mu.Unlock()
	g.cond.Signal()
}

// An empty section is enough: whoever asked before waits by now.
func (g *gate) Close() {
	g.closed.Store(true)
	g.mu.Lock()
	g.mu.Unlock()
	g.cond.Broadcast()
}

// Its callers hold the lock.
func (g *gate) PutAll(n int64) {
	g.tokens.Add(n)
	g.cond.Broadcast()
}

func (g *gate) Fill() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.PutAll(100)
}
