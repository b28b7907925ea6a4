package top

import (
	"errors"
	"sync"

	"fixtures/missingunlock/cross/middle"
)

// till's lock is known as an interface where it is taken, two packages away.
type till struct {
	mu    sync.Mutex
	coins int
}

func (t *till) pay(n int) error {
	middle.Seize(&t.mu)
	if n > t.coins {
		return errors.New("too little") // want `return leaves t.mu locked: other paths release it`
	}
	t.coins -= n
	middle.Yield(&t.mu)
	return nil
}

func (t *till) count() int {
	middle.Seize(&t.mu)
	defer middle.Yield(&t.mu)
	return t.coins
}
