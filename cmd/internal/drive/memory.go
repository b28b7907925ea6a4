package drive

import (
	"runtime/metrics"
	"sync"
)

// A gate keeps packages waiting while those that are open fill the memory.
// One package is always let through, whatever it needs.
type gate struct {
	limit uint64        // in bytes; 0 for none
	used  func() uint64 // bytes on the heap

	mu     sync.Mutex
	left   sync.Cond
	active int
}

func newGate(limit uint64) *gate {
	g := &gate{limit: limit, used: heapInUse}
	g.left.L = &g.mu
	return g
}

// heapInUse returns the bytes of objects on the heap, dead ones included that
// the collector hasn't come by yet; near the limit there are few of them.
func heapInUse() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// enter waits until there is room for one more package. A third of the limit
// is kept for those that are open already.
func (g *gate) enter() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for g.limit > 0 && g.active > 0 && g.used() > g.limit/3*2 {
		g.left.Wait()
	}
	g.active++
}

// leave says that a package is done.
func (g *gate) leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.active--
	g.left.Broadcast()
}
