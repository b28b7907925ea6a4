// Package base has two objects that lock themselves.
package base

import "sync"

type Journal struct {
	mu    sync.Mutex
	lines []string
}

func (j *Journal) Add(line string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.lines = append(j.lines, line)
}

// Each calls with the journal locked.
func (j *Journal) Each(do func(string)) {
	j.mu.Lock()
	defer j.mu.Unlock()
	for _, line := range j.lines {
		do(line)
	}
}

func (j *Journal) Lock()   { j.mu.Lock() }
func (j *Journal) Unlock() { j.mu.Unlock() }

type Shelf[T any] struct {
	mu    sync.RWMutex
	items []T
}

func (s *Shelf[T]) Put(item T) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items = append(s.items, item)
}

func (s *Shelf[T]) Each(do func(T)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, item := range s.items {
		do(item)
	}
}

// Hooks are called by those who have them.
type Hooks struct {
	Saved, Dropped func()
}

// Board calls Changed with itself locked.
type Board struct {
	mu      sync.Mutex
	marks   int
	Changed func()
}

func (b *Board) Mark() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.marks++
	b.Changed()
}

func (b *Board) Marks() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.marks
}

// Under runs a function with a lock that it knows as an interface.
func Under(l sync.Locker, do func()) {
	l.Lock()
	defer l.Unlock()
	do()
}
