package top

import (
	"sync"

	"fixtures/lockorder/cross/middle"
)

// tally's method lies in a field of the board, which calls it under its lock;
// tally asks the board under its own.
type tally struct {
	mu   sync.Mutex
	room *middle.Room
	n    int
}

func newTally(room *middle.Room) *tally {
	t := &tally{room: room}
	t.room.Changed = t.changed
	return t
}

func (t *tally) changed() {
	t.mu.Lock()
	t.n++
	t.mu.Unlock()
}

func (t *tally) press() {
	t.room.Press() // want `t.room.Press locks t.mu while t.room.Board.mu is held, and t.room.Board.mu at hooks.go:\d+ while t.mu is held: a deadlock`
}

func (t *tally) rest() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.n - t.room.Marks()
}

// pairing's locks are known as interfaces where they are taken.
type pairing struct {
	left, right sync.Mutex
	n           int
}

func (p *pairing) forth() {
	middle.Guarded(&p.left, func() { // want `middle.Guarded locks p.right while p.left is held, and p.left at hooks.go:\d+ while p.right is held: a deadlock`
		p.right.Lock()
		p.n++
		p.right.Unlock()
	})
}

func (p *pairing) back() {
	middle.Guarded(&p.right, func() {
		p.left.Lock()
		p.n--
		p.left.Unlock()
	})
}
