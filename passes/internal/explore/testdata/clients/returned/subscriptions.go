// Package returned has types whose methods return functions that callers call
// later, and types whose methods leave work to timers.
package returned

import (
	"errors"
	"sync"
)

var errClosed = errors.New("closed")

// A bus copies the list of its subscribers and sends without the lock, while
// the function that Subscribe has returned closes the channel.
type Bus struct {
	mu   sync.Mutex
	next int
	subs map[int]chan string
}

func NewBus() *Bus { return &Bus{subs: make(map[int]chan string)} }

func (b *Bus) Subscribe(room int) (<-chan string, func()) {
	ch := make(chan string, room)
	b.mu.Lock()
	defer b.mu.Unlock()
	id := b.next
	b.next++
	b.subs[id] = ch
	return ch, func() { b.drop(id) }
}

func (b *Bus) drop(id int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if ch, ok := b.subs[id]; ok {
		delete(b.subs, id)
		close(ch) // want "send on closed"
	}
}

func (b *Bus) Publish(text string) {
	b.mu.Lock()
	chans := make([]chan string, 0, len(b.subs))
	for _, ch := range b.subs {
		chans = append(chans, ch)
	}
	b.mu.Unlock()
	for _, ch := range chans {
		select { // want "sync race"
		case ch <- text:
		default:
		}
	}
}

// A line sends under the lock.
type Line struct {
	mu   sync.Mutex
	next int
	subs map[int]chan string
}

func NewLine() *Line { return &Line{subs: make(map[int]chan string)} }

func (l *Line) Subscribe(room int) (<-chan string, func()) {
	ch := make(chan string, room)
	l.mu.Lock()
	defer l.mu.Unlock()
	id := l.next
	l.next++
	l.subs[id] = ch
	return ch, sync.OnceFunc(func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		delete(l.subs, id)
		close(ch)
	})
}

func (l *Line) Publish(text string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, ch := range l.subs {
		select {
		case ch <- text:
		default:
		}
	}
}

// A keeper's release looks under the lock whether it was called before, and
// closes without it.
type Keeper struct {
	mu   sync.Mutex
	held int
	max  int
}

func NewKeeper(most int) *Keeper { return &Keeper{max: most} }

func (k *Keeper) Hold() (expired chan struct{}, release func(), err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.held >= k.max {
		return nil, nil, errClosed
	}
	k.held++
	expired = make(chan struct{})
	over := false
	release = func() {
		k.mu.Lock()
		was := over
		k.mu.Unlock()
		if was {
			return
		}
		close(expired) // want "double close"
		k.mu.Lock()
		over = true
		k.held--
		k.mu.Unlock()
	}
	return expired, release, nil
}

// A guard's release decides and notes it in one go.
type Guard struct {
	mu   sync.Mutex
	held int
}

func NewGuard() *Guard { return &Guard{} }

func (g *Guard) Hold() (<-chan struct{}, func()) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.held++
	expired := make(chan struct{})
	over := false
	return expired, func() {
		g.mu.Lock()
		defer g.mu.Unlock()
		if over {
			return
		}
		over = true
		g.held--
		close(expired)
	}
}

// A ticket may be given back once: nothing guards against more, and nothing
// says that several may try.
type Desk struct {
	mu    sync.Mutex
	given int
}

func NewDesk() *Desk { return &Desk{} }

func (d *Desk) Ticket() (<-chan struct{}, func()) {
	d.mu.Lock()
	d.given++
	d.mu.Unlock()
	over := make(chan struct{})
	return over, func() {
		close(over)
		d.mu.Lock()
		d.given--
		d.mu.Unlock()
	}
}

// Both functions that a transaction comes with end it.
type Store struct {
	mu   sync.Mutex
	open int
}

func NewStore() *Store { return &Store{} }

func (s *Store) Begin() (commit func() error, rollback func()) {
	s.mu.Lock()
	s.open++
	s.mu.Unlock()
	done := make(chan struct{})
	go func() {
		<-done
		s.mu.Lock()
		s.open--
		s.mu.Unlock()
	}()
	ended := func() bool {
		select {
		case <-done:
			return true
		default:
			return false
		}
	}
	commit = func() error {
		if ended() {
			return errClosed
		}
		close(done) // want "double close"
		return nil
	}
	rollback = func() {
		if !ended() {
			close(done)
		}
	}
	return commit, rollback
}

// Here the second of two functions looks under a lock.
type Log struct {
	mu   sync.Mutex
	open int
}

func NewLog() *Log { return &Log{} }

func (l *Log) Begin() (commit func() error, rollback func()) {
	done := make(chan struct{})
	ended := false
	end := func() bool {
		l.mu.Lock()
		defer l.mu.Unlock()
		if ended {
			return false
		}
		ended = true
		close(done)
		return true
	}
	commit = func() error {
		if !end() {
			return errClosed
		}
		return nil
	}
	return commit, func() { end() }
}
