package drive

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"

	"golang.org/x/tools/go/analysis"

	"github.com/goconclint/goconclint/cmd/internal/moduletest"
)

// TestGate: while too much memory is in use, one package goes after the
// other; otherwise as many as want.
func TestGate(t *testing.T) {
	for _, full := range []bool{false, true} {
		g := newGate(300)
		g.used = func() uint64 {
			if full {
				return 250
			}
			return 100
		}
		var wg sync.WaitGroup
		var open, most atomic.Int64
		inside := make(chan bool, 8)
		for range 8 {
			wg.Go(func() {
				g.enter()
				defer g.leave()
				now := open.Add(1)
				for old := most.Load(); now > old && !most.CompareAndSwap(old, now); old = most.Load() {
				}
				inside <- true
				for !full && len(inside) < cap(inside) { // until all are in
					runtime.Gosched()
				}
				open.Add(-1)
			})
		}
		wg.Wait()
		if want := map[bool]int64{false: 8, true: 1}[full]; most.Load() != want {
			t.Errorf("full %t: %d at once", full, most.Load())
		}
	}
}

// TestLittleMemory: a limit that nothing fits in costs time only.
func TestLittleMemory(t *testing.T) {
	t.Parallel()
	dir := moduletest.New(t, chain)
	opts := Options{Dir: dir, Patterns: []string{"./..."}, Tests: true, Analyzers: []*analysis.Analyzer{badCalls()}}
	expected := whole(mustRun(t, opts))
	opts.Memory = 1
	if got := whole(mustRun(t, opts)); got != expected {
		t.Errorf("got\n%s\nwant\n%s", got, expected)
	}
}

// TestBallast: it is a small part of what there is.
func TestBallast(t *testing.T) {
	for limit, want := range map[uint64]uint64{0: 256 << 20, 64 << 20: 8 << 20, 64 << 30: 256 << 20} {
		if got := ballastFor(limit); got != want {
			t.Errorf("ballast of %d for a limit of %d, want %d", got, limit, want)
		}
	}
}
