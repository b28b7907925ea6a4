// Package watch hands out watches that end.
package watch

import (
	"errors"
	"sync"
)

type Event struct {
	Kind string
	Last bool
}

// Watch closes its channel when it is stopped.
type Watch struct {
	once   sync.Once
	mu     sync.Mutex
	events chan Event
}

func New() *Watch { return &Watch{events: make(chan Event, 16)} }

func (w *Watch) Stop() { w.once.Do(func() { close(w.events) }) }

func (w *Watch) Send(e Event) { w.events <- e }

func (w *Watch) Each(handle func(Event) error) error {
	for e := range w.events {
		if err := handle(e); err != nil {
			return err
		}
	}
	return nil
}

// Feed is told by what it receives that nothing more comes.
type Feed struct{ events chan Event }

func NewFeed() *Feed { return &Feed{events: make(chan Event)} }

func (f *Feed) Close() { f.events <- Event{Last: true} }

func (f *Feed) Send(e Event) { f.events <- e }

func (f *Feed) Each(handle func(Event) error) (err error) {
	for e := range f.events {
		if e.Last {
			return err
		}
		err = errors.Join(err, handle(e))
	}
	return nil
}
