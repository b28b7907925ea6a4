// Package base has helpers for locks.
package base

import "sync"

func Enter(mu *sync.Mutex) { mu.Lock() }
func Leave(mu *sync.Mutex) { mu.Unlock() }

func Under(mu *sync.Mutex, do func()) {
	Enter(mu)
	defer Leave(mu)
	do()
}

func Go(do func()) { go do() }

// Lockable is embedded by what has to be locked.
type Lockable struct{ Mu sync.Mutex }

func (l *Lockable) Enter() { l.Mu.Lock() }
func (l *Lockable) Leave() { l.Mu.Unlock() }
