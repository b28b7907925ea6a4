package bad

import (
	"sync"
	"sync/atomic"
)

type Gate struct {
	mu     sync.Mutex
	cond   *sync.Cond
	closed atomic.Bool
	tokens atomic.Int64
}

func NewGate() *Gate {
	g := new(Gate)
	g.cond = sync.NewCond(&g.mu)
	return g
}

func (g *Gate) Enter() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.tokens.Load() == 0 && !g.closed.Load() {
		g.cond.Wait()
	}
	g.tokens.Add(-1)
	return !g.closed.Load()
}

func (g *Gate) Put() {
	g.tokens.Add(1) // want `g.tokens is set here without the lock of g.cond: who has seen the old value and is about to wait is never woken`
	g.cond.Signal()
}

func (g *Gate) Close() {
	if !g.closed.CompareAndSwap(false, true) { // want `g.closed is set here without the lock of g.cond`
		return
	}
	g.cond.Broadcast()
}
