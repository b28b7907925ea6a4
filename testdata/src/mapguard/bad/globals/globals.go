// Package globals holds package-level maps.
package globals

import (
	"sync"
	"time"
)

var (
	registryMu sync.RWMutex
	registry   = map[string]func(){}
)

// Register adds.
func Register(name string, f func()) {
	registryMu.Lock()
	defer registryMu.Unlock()
	registry[name] = f
}

// Lookup locks, as it should.
func Lookup(name string) func() {
	registryMu.RLock()
	defer registryMu.RUnlock()
	return registry[name]
}

// Names forgets to.
func Names() (names []string) {
	for name := range registry { // want `map registry is read here while another goroutine may write it \(other side holds registryMu\)`
		names = append(names, name)
	}
	return names
}

var counters = struct {
	sync.Mutex
	m map[string]int
}{m: make(map[string]int)}

func Count(name string) {
	counters.Lock()
	counters.m[name]++
	counters.Unlock()
}

func Reset() {
	clear(counters.m) // want `map counters.m is written here while another goroutine may write it \(other side holds counters.Mutex\)`
}

var lastSeen = make(map[string]time.Time)

// Watch starts a goroutine that writes what Seen reads.
func Watch(events <-chan string) {
	go func() {
		for event := range events {
			lastSeen[event] = time.Now() // want `map lastSeen is written in this goroutine while Seen may read it \(no common lock\)`
		}
	}()
}

func Seen(name string) time.Time { return lastSeen[name] }

// pending is emptied at run time, too: it isn't nil for good.
var pending = make(map[string]int)

var pendingLock sync.Mutex

func init() {
	pending["start"] = 1
	pending = nil
}

func Await(name string) {
	pendingLock.Lock()
	defer pendingLock.Unlock()
	if pending == nil {
		pending = make(map[string]int)
	}
	pending[name]++
}

func Arrived(name string) {
	pendingLock.Lock()
	defer pendingLock.Unlock()
	delete(pending, name)
}

func Awaited(name string) int {
	return pending[name] // want `map pending is read here while another goroutine may write it \(other side holds pendingLock\)`
}
