package good

import "sync"

// Feed is told its name before it runs, in a function that knows no lock; its
// limit isn't what the lock is for.
type Feed struct {
	limit int

	mu    sync.Mutex
	name  string
	lines []string
	first string
}

// Rename comes before Add.
func (f *Feed) Rename(name string) { f.name = name }

// Limit comes before Add, too.
func (f *Feed) Limit(n int) {
	f.limit = n
	f.mu.Lock()
	f.lines = f.lines[:min(n, len(f.lines))]
	f.mu.Unlock()
}

// Add adds a line.
func (f *Feed) Add(line string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.lines) < f.limit {
		f.lines = append(f.lines, f.name+line)
	}
	if f.first == "" {
		f.first = line // once
	}
}

// First is asked when there are lines.
func (f *Feed) First() string { return f.first }
