// Package watched has locks that tell when somebody waits for them long.
package watched

import "sync"

// A Mutex is a lock, watched or not.
type Mutex interface {
	Lock()
	Unlock()
}

// An RWMutex is one that readers share.
type RWMutex interface {
	Mutex
	RLock()
	RUnlock()
}

// NewMutex returns a lock that nobody watches.
func NewMutex() Mutex { return new(sync.Mutex) }

// NewRWMutex returns a lock for readers and writers that nobody watches.
func NewRWMutex() RWMutex { return new(sync.RWMutex) }

// A Gate is a lock of its own.
type Gate struct{ slot chan struct{} }

// NewGate returns an open gate.
func NewGate() *Gate { return &Gate{slot: make(chan struct{}, 1)} }

// Lock waits until the gate is open and closes it.
func (g *Gate) Lock() { g.slot <- struct{}{} }

// Unlock opens the gate.
func (g *Gate) Unlock() { <-g.slot }
