package good

import (
	"cmp"
	"sync"
)

type box struct {
	id     int
	parent *box
	mu     sync.RWMutex
	items  []string
}

// The two are compared here, by the caller, or by who chooses them.
func lockBoth(a, b *box) {
	if a.id > b.id {
		a, b = b, a
	}
	a.mu.Lock()
	b.mu.Lock()
}

func lockOrdered(a, b *box) {
	if a.id < b.id {
		a.mu.Lock()
		b.mu.Lock()
		return
	}
	b.mu.Lock()
	a.mu.Lock()
}

func lockPair(first, second *box) {
	first.mu.Lock()
	second.mu.Lock()
}

func unlock(a, b *box) {
	a.mu.Unlock()
	b.mu.Unlock()
}

func before(a, b *box) bool { return cmp.Less(a.id, b.id) }

func move(from, to *box) {
	if before(from, to) {
		lockPair(from, to)
	} else {
		lockPair(to, from)
	}
	defer unlock(from, to)
	to.items, from.items = append(to.items, from.items...), nil
}

// Roles that never change.
func adopt(parent, child *box) {
	parent.mu.Lock()
	defer parent.mu.Unlock()
	child.mu.Lock()
	defer child.mu.Unlock()
	child.parent = parent
}

// Readers don't exclude readers, and one lock lets one in at a time.
func sum(a, b *box) int {
	a.mu.RLock()
	defer a.mu.RUnlock()
	b.mu.RLock()
	defer b.mu.RUnlock()
	return len(a.items) + len(b.items)
}

var moving sync.Mutex

func trade(a, b *box) {
	moving.Lock()
	defer moving.Unlock()
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	a.items, b.items = b.items, a.items
}

// One after the other.
func copyTo(from, to *box) {
	from.mu.RLock()
	items := append([]string(nil), from.items...)
	from.mu.RUnlock()
	to.mu.Lock()
	defer to.mu.Unlock()
	to.items = items
}

// view compares itself with others in tests alone: others can't name its type.
type view struct {
	mu    sync.Mutex
	nodes []string
}

func (v *view) Equals(other *view) bool {
	v.mu.Lock()
	other.mu.Lock()
	equal := len(v.nodes) == len(other.nodes)
	other.mu.Unlock()
	v.mu.Unlock()
	return equal
}
