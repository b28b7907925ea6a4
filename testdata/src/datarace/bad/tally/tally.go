// Package tally takes locks of another package, though not always.
package tally

import "fixtures/datarace/good/watched"

// A Tally counts votes on a goroutine of its own.
type Tally struct {
	mu    watched.Mutex
	votes int
	cast  chan string
}

// New starts a tally.
func New() *Tally {
	t := &Tally{mu: watched.NewMutex(), cast: make(chan string)}
	go t.count()
	return t
}

func (t *Tally) count() {
	for range t.cast {
		t.mu.Lock()
		t.votes++
		t.mu.Unlock()
	}
}

// Cast counts one vote.
func (t *Tally) Cast(voter string) { t.cast <- voter }

// Votes returns how many there are.
func (t *Tally) Votes() int {
	return t.votes // want `t.votes is read here while the goroutine started at tally.go:16 writes it at tally.go:23 .other side holds t.mu.`
}

// Count counts the votes of all voters.
func Count(voters []string) int {
	t := New()
	for _, voter := range voters {
		t.Cast(voter)
	}
	return t.Votes()
}
