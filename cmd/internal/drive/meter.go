package drive

import (
	"cmp"
	"runtime/metrics"
	"slices"
	"sync"
	"time"
)

// A Cost is what one analyzer took on one package.
type Cost struct {
	Analyzer, Package string
	Time              time.Duration
	Allocated         uint64 // bytes
}

// A meter measures analyzers. They run one at a time meanwhile, since the
// runtime doesn't tell who allocates. A nil meter measures nothing.
type meter struct {
	mu    sync.Mutex
	costs []Cost
}

func (m *meter) measure(analyzer, pkg string, run func()) {
	if m == nil {
		run()
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	before, begun := allocated(), time.Now()
	defer func() {
		m.costs = append(m.costs, Cost{analyzer, pkg, time.Since(begun), allocated() - before})
	}()
	run()
}

// allocated returns how many bytes were allocated since the start.
func allocated() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/allocs:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// result returns the costs, the highest first.
func (m *meter) result() []Cost {
	if m == nil {
		return nil
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	slices.SortFunc(m.costs, func(a, b Cost) int {
		return cmp.Or(cmp.Compare(b.Time, a.Time), cmp.Compare(a.Analyzer, b.Analyzer), cmp.Compare(a.Package, b.Package))
	})
	return m.costs
}
