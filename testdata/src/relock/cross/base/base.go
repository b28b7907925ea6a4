// Package base has the lock and its wrappers.
package base

import "sync"

type List struct {
	Mu    sync.RWMutex
	items []int
}

func (l *List) Len() int {
	l.Mu.RLock()
	defer l.Mu.RUnlock()
	return len(l.items)
}

func (l *List) Lock()   { l.Mu.Lock() }
func (l *List) Unlock() { l.Mu.Unlock() }

func (l *List) LenLocked() int { return len(l.items) }

func (l *List) With(do func()) {
	l.Mu.Lock()
	defer l.Mu.Unlock()
	do()
}

// Set takes the lock in one of its modes only.
func (l *List) Set(items []int, locked bool) {
	if !locked {
		l.Mu.Lock()
		defer l.Mu.Unlock()
	}
	l.items = items
}

func Go(do func()) { go do() }

type Keyed[K comparable] struct {
	mu   sync.Mutex
	keys map[K]int
}

func (k *Keyed[K]) Get(key K) int {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.keys[key]
}

func (k *Keyed[K]) Each(do func(K)) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for key := range k.keys {
		do(key)
	}
}
