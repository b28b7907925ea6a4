package top

import (
	"sync"

	"fixtures/relock/cross/base"
	"fixtures/relock/cross/middle"
)

// meter's lock is known as an interface where it is taken.
type meter struct {
	mu sync.Mutex
	n  int
}

func (m *meter) get() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.n
}

func (m *meter) double() {
	middle.Guarded(&m.mu, func() {
		m.n = 2 * m.get() // want `m.get ends up locking m.mu again, which is held since line \d+: it waits for itself`
	})
}

func (m *meter) square() {
	middle.Inside(&m.mu, func() {
		m.n *= m.get() // want `m.get ends up locking m.mu again, which is held since line \d+: it waits for itself`
	})
}

func (m *meter) add(other *meter) {
	middle.Guarded(&m.mu, func() { m.n += other.get() })
}

// view's method lies in a field of the board, which calls it under its lock.
type view struct {
	room middle.Room
	seen int
}

func newView() *view {
	v := &view{}
	v.room.Board.Changed = v.changed
	v.room.Board.Cleared = v.changed
	return v
}

func (v *view) changed() { v.seen = v.room.Marks() }

func (v *view) press() {
	v.room.Mark() // want `v.room.Mark ends up locking v.room.Board.mu again, which is held since line \d+: it waits for itself`
}

// The board has let go.
func (v *view) wipe() { v.room.Clear() }

// counter counts what is changed under its own lock, which it holds.
type counter struct {
	mu    sync.Mutex
	board *base.Board
	n     int
}

func newCounter(board *base.Board) *counter {
	c := &counter{board: board}
	board.Changed = c.changed
	return c
}

func (c *counter) changed() {
	c.mu.Lock()
	c.n++
	c.mu.Unlock()
}

func (c *counter) press() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.board.Mark() // want `c.board.Mark ends up locking c.mu again, which is held since line \d+: it waits for itself`
}

func (c *counter) pressLater() {
	c.mu.Lock()
	c.n = 0
	c.mu.Unlock()
	c.board.Mark()
}

// plain has a board of its own, to which nothing of the above lies.
type plain struct{ board base.Board }

func newPlain(changed func()) *plain { return &plain{base.Board{Changed: changed}} }

func (p *plain) press() { p.board.Mark() }
