// Package base has one function of each kind that a summary knows.
package base

import "sync"

type List struct {
	mu    sync.RWMutex
	inner struct{ mu sync.Mutex }
	items []int
	small bool
}

func (l *List) Len() int { // want Len:"^ar0.mu$"
	l.mu.RLock()
	defer l.mu.RUnlock()
	return len(l.items)
}

func (l *List) Enter() { l.mu.Lock() } // want Enter:"^t0.mu m0.mu a0.mu$"

func (l *List) Leave() { l.mu.Unlock() } // want Leave:"^u0.mu$"

func (l *List) Inner() { // want Inner:"^a0.inner.mu$"
	l.inner.mu.Lock()
	l.inner.mu.Unlock()
}

func (l *List) Sum() int { // want Sum:"^ar0.mu=.\\*List..Len$"
	return l.Len() + l.plain()
}

func (l *List) plain() int { return len(l.items) }

// Plain has nothing to say.
func (l *List) Plain() int { return l.plain() }

// If locks in one of two modes, of which nobody elsewhere knows.
func (l *List) If(locked bool) {
	if !locked {
		l.mu.Lock()
		defer l.mu.Unlock()
	}
	l.items = nil
}

func (l *List) Small() {
	if l.small {
		l.mu.Lock()
		l.mu.Unlock()
	}
}

func With(l *List, do func()) { // want With:"^a0.mu c1.0.mu$"
	l.mu.Lock()
	defer l.mu.Unlock()
	do()
}

func Go(do func()) { go do() } // want Go:"^cg0$"

func Each(n int, do func(int)) { // want Each:"^c1$"
	for i := range n {
		do(i)
	}
}

// Known only here: a package-level lock has no name for callers.
var mu sync.Mutex

func Global() {
	mu.Lock()
	mu.Unlock()
}
