package base

import "sync"

// Locker is anything that has to be locked.
type Locker interface {
	Lock()
	Unlock()
}

// Under runs a function with a lock that it knows as an interface.
func Under(l sync.Locker, do func()) {
	l.Lock()
	defer l.Unlock()
	do()
}

// Within is Under for the package's own interface.
func Within(l Locker, do func()) {
	l.Lock()
	defer l.Unlock()
	do()
}

// Board calls Changed with itself locked, and Cleared without.
type Board struct {
	mu      sync.Mutex
	marks   int
	Changed func()
	Cleared func()
}

func (b *Board) Mark() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.marks++
	b.Changed()
}

func (b *Board) Clear() {
	b.mu.Lock()
	b.marks = 0
	b.mu.Unlock()
	b.Cleared()
}

func (b *Board) Marks() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.marks
}
