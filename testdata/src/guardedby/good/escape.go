package good

import (
	"slices"
	"sync"
)

type Roster struct {
	mu      sync.RWMutex
	names   []string
	ages    []int
	shifts  []int
	sorted  []string
	history []string
}

// Copies, and lists to which others only append or that they replace.
func (r *Roster) Names() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return slices.Clone(r.names)
}

func (r *Roster) History() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.history
}

func (r *Roster) Sorted() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.sorted
}

func (r *Roster) Add(name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names = append(r.names, name)
	r.history = append(r.history, "added "+name)
	sorted := slices.Clone(r.names)
	slices.Sort(sorted)
	r.sorted = sorted
}

func (r *Roster) Rename(i int, name string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.names[i] = name
	r.sorted = make([]string, len(r.names))
	for i, name := range r.names {
		r.sorted[i] = name
	}
}

// The caller looks at how many there are only.
func (r *Roster) list() []int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.ages
}

func (r *Roster) Size() int { return len(r.list()) }

func (r *Roster) Grow() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for i := range r.ages {
		r.ages[i]++
	}
}

// The callers hold the lock, or the function leaves it to them.
func (r *Roster) lockedShifts() []int {
	r.mu.Lock()
	return r.shifts
}

func (r *Roster) Work() (sum int) {
	for _, n := range r.lockedShifts() {
		sum += n
	}
	r.shifts[0] = 0
	r.mu.Unlock()
	return sum
}

type Log struct {
	mu      sync.Mutex
	entries []string
}

// drain takes the list away: from now on it belongs to the caller.
func (l *Log) drain() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := l.entries
	l.entries = nil
	return list
}

func (l *Log) Edit(i int, entry string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.entries[i] = entry
}

func (l *Log) Flush(write func(string)) {
	for _, entry := range l.drain() {
		write(entry)
	}
}
