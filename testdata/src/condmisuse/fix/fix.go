// Package fix wakes one where all wait for the same.
package fix

import "sync"

type latch struct {
	mu   sync.Mutex
	cond *sync.Cond
	left int
	shut bool
}

func (l *latch) Wait() {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.left > 0 && !l.shut {
		l.cond.Wait()
	}
}

func (l *latch) Down() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.left--; l.left == 0 {
		l.cond.Signal() // want `l.cond.Signal wakes one of those who wait`
	}
}

func (l *latch) Shut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.shut = true
	l.cond.Broadcast()
}
