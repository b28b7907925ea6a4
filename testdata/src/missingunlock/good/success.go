package good

import (
	"errors"
	"sync"
)

var errGone = errors.New("gone")

type page struct {
	mu    sync.Mutex
	gone  bool
	dirty bool
	read  func() error
}

// lockPage returns with the page locked if it succeeds, and not otherwise.
func (p *page) lockPage() error {
	p.mu.Lock()
	if p.gone {
		p.mu.Unlock()
		return errGone
	}
	if err := p.read(); err != nil {
		p.mu.Unlock()
		return err
	}
	return nil
}

// pin keeps the page locked whatever it returns: callers unlock it.
func (p *page) pin() error {
	p.mu.Lock()
	if p.gone {
		return errGone
	}
	return p.read()
}

// lockAny returns what the last step says, locked if that is nothing.
func (p *page) lockAny() error {
	p.mu.Lock()
	if p.gone {
		p.mu.Unlock()
		return errGone
	}
	err := p.read()
	if p.dirty {
		p.dirty = false
	}
	return err
}
