// Package tally takes locks of another package, whose methods it knows by
// their names.
package tally

import "fixtures/datarace/good/watched"

// A Tally counts votes on a goroutine of its own.
type Tally struct {
	mu    watched.Mutex
	votes int

	rw     watched.RWMutex
	voters []string

	gate *watched.Gate
	last string

	cast chan string
}

// New starts a tally.
func New() *Tally {
	t := &Tally{mu: watched.NewMutex(), rw: watched.NewRWMutex(), gate: watched.NewGate(), cast: make(chan string)}
	go t.count()
	return t
}

func (t *Tally) count() {
	for voter := range t.cast {
		t.mu.Lock()
		t.votes++
		t.mu.Unlock()

		t.rw.Lock()
		t.voters = append(t.voters, voter)
		t.rw.Unlock()

		t.gate.Lock()
		t.last = voter
		t.gate.Unlock()
	}
}

// Cast counts one vote.
func (t *Tally) Cast(voter string) { t.cast <- voter }

// Votes returns how many there are.
func (t *Tally) Votes() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.votes
}

// Turnout returns how many have voted.
func (t *Tally) Turnout() int {
	t.rw.RLock()
	defer t.rw.RUnlock()
	return len(t.voters)
}

// Last returns who has voted last.
func (t *Tally) Last() string {
	t.gate.Lock()
	defer t.gate.Unlock()
	return t.last
}
