package bad

import (
	"sync/atomic"
	"time"
)

// tunnel's counters are printed between ticks.
type tunnel struct {
	received, sent uint64
	closed         chan struct{}
}

func (t *tunnel) Run(read func() int) {
	go func() {
		for n := read(); n > 0; n = read() {
			atomic.AddUint64(&t.sent, uint64(n))
			atomic.AddUint64(&t.received, uint64(n))
		}
		close(t.closed)
	}()
}

func (t *tunnel) Report(every time.Duration, logf func(string, ...any)) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-t.closed:
			return
		}
		logf("%d received, %d sent", atomic.LoadUint64(&t.received), t.sent) // want `t.sent is read here without sync/atomic while`
	}
}
