package bad

import (
	"errors"
	"io"
)

var errSpent = errors.New("no numbers left")

// A trunk lets so many calls be set up at a time. Who has set one up keeps its
// slot until the other side has answered; who can't gives it back, but for the
// one that has run out of numbers.
type trunk struct {
	setUp   chan struct{}
	down    chan struct{}
	next    uint32
	pending map[uint32]io.Closer
	dial    func(number uint32) (io.Closer, error)
}

func newTrunk(calls int, dial func(uint32) (io.Closer, error)) *trunk {
	return &trunk{
		setUp: make(chan struct{}, calls), down: make(chan struct{}), dial: dial,
		pending: make(map[uint32]io.Closer),
	}
}

func (t *trunk) open() (io.Closer, error) {
	select {
	case t.setUp <- struct{}{}:
	case <-t.down:
		return nil, io.ErrClosedPipe
	}
	if t.next == 1<<32-1 {
		return nil, errSpent // want `return keeps the slot of setUp: other paths give it back, and once all are gone the next to take one waits for ever`
	}
	t.next++
	call, err := t.dial(t.next)
	if err != nil {
		select {
		case <-t.setUp:
		default:
		}
		return nil, err
	}
	t.pending[t.next] = call
	return call, nil
}

func (t *trunk) answered(number uint32) {
	delete(t.pending, number)
	<-t.setUp
}

func (t *trunk) cut() { close(t.down) }
