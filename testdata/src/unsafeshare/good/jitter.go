package good

import (
	"math/rand"
	"sync"
	"time"
)

// A Watcher draws in the goroutine that its user starts for Run; the lock is
// for Stop.
type Watcher struct {
	l       sync.Mutex
	random  *rand.Rand
	grace   time.Duration
	stopped bool
	stop    chan struct{}
}

// Run renews until it is stopped.
func (w *Watcher) Run(renew func() time.Duration) {
	for {
		w.jitter(renew())
		select {
		case <-w.stop:
			return
		case <-time.After(w.grace):
		}
	}
}

func (w *Watcher) jitter(d time.Duration) {
	w.grace = d + time.Duration(w.random.Int63n(1000))
}

// Stop may be called twice.
func (w *Watcher) Stop() {
	w.l.Lock()
	defer w.l.Unlock()
	if !w.stopped {
		w.stopped = true
		close(w.stop)
	}
}
