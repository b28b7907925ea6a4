package bad

import (
	"slices"
	"sync"
)

type board struct {
	mu     sync.Mutex
	scores map[string]int
	once   sync.Once
	top    string
}

func (b *board) withLock(do func()) {
	b.mu.Lock()
	defer b.mu.Unlock()
	do()
}

func (b *board) score(name string) int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.scores[name]
}

func (b *board) raise(name string) {
	b.withLock(func() {
		b.scores[name] = b.score(name) + 1 // want `b.score ends up locking b.mu again, which is held since line 16`
	})
}

func (b *board) ranking(names []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	slices.SortFunc(names, func(x, y string) int { // want `locking b.mu again`
		return b.score(y) - b.score(x)
	})
}

func (b *board) best() string {
	b.once.Do(func() {
		b.top = b.compute() // want `b.compute calls Do of b.once inside the function that it runs: it waits for itself`
	})
	return b.top
}

func (b *board) compute() string {
	for name := range b.scores {
		if name != b.best() {
			return name
		}
	}
	return ""
}

func (b *board) lock() func() {
	b.mu.Lock()
	return b.mu.Unlock
}

func (b *board) enter() { b.mu.Lock() }
func (b *board) leave() { b.mu.Unlock() }

func (b *board) total() int {
	b.enter()
	defer b.leave()
	sum := 0
	for name := range b.scores {
		sum += b.score(name) // want `b.score ends up locking b.mu again`
	}
	return sum
}

func (b *board) sum(locked bool) int {
	if !locked {
		b.mu.Lock()
		defer b.mu.Unlock()
	}
	return len(b.scores)
}

func (b *board) reset() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.sum(false) // want `b.sum ends up locking b.mu again`
}

func (b *board) run() {
	add := func(name string) {
		b.mu.Lock()
		b.scores[name]++
		b.mu.Unlock()
	}
	b.mu.Lock()
	for name := range b.scores {
		add(name) // want `add ends up locking b.mu again`
	}
	b.mu.Unlock()
}
