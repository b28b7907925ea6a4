package lsp

import (
	"context"
	"time"
)

// now is for what is looked at without waiting for more.
const now = time.Duration(0)

// A run is what the worker is doing.
type run struct {
	unit   *unit
	cancel context.CancelFunc
}

// due has a unit looked at after a while. A newer edit puts it off; whatever
// has to be done at once is done at once.
func (s *server) due(u *unit, after time.Duration) {
	if u == nil {
		return
	}
	u.due = time.Now().Add(after)
	select {
	case s.wake <- struct{}{}:
	default: // it is awake already
	}
}

// edited notes that an open file isn't any more what it was. Its unit is due
// after a while, and so are others that read the file: modules of a go.work,
// or one that another replaces, import each other.
func (s *server) edited(d *document, after time.Duration) {
	for _, u := range s.units {
		if u == d.unit || u.readsFrom(d.path) {
			s.outdated(u)
			s.due(u, after)
		}
	}
}

// outdated notes that something was edited that a run has to know of, which
// makes one that doesn't pointless.
func (s *server) outdated(u *unit) {
	if u == nil {
		return
	}
	u.edits++
	if s.running != nil && s.running.unit == u {
		s.running.cancel()
	}
}

// work looks at units as they become due, until the conversation ends.
func (s *server) work() {
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		u, wait := s.next()
		if u != nil {
			s.analyze(u)
			continue
		}
		if wait > 0 {
			timer.Reset(wait)
		}
		select {
		case <-s.ctx.Done():
			return
		case <-s.wake:
		case <-timer.C:
		}
	}
}

// next returns the unit that has been due longest, else how long to wait for
// one, 0 for until something happens.
func (s *server) next() (*unit, time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.ctx.Err() != nil {
		return nil, 0
	}
	var first *unit
	for _, u := range s.units {
		if !u.due.IsZero() && (first == nil || u.due.Before(first.due)) {
			first = u
		}
	}
	if first == nil {
		return nil, 0
	}
	if wait := time.Until(first.due); wait > 0 {
		return nil, wait
	}
	first.due = time.Time{}
	return first, 0
}
