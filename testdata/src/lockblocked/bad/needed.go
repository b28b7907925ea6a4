package bad

import (
	"fmt"
	"io"
	"sync"
)

// store deletes files behind its back and counts what it has deleted.
type store struct {
	mu struct {
		sync.Mutex
		deleted int
		names   map[string]int64
	}
	deleters sync.WaitGroup
	remove   func(name string) error
	limit    int
}

type file struct{ name, kind string }

func (s *store) drop(files []file) {
	s.deleters.Add(1)
	if s.limit > 0 {
		go s.deleteAll(files)
	} else {
		s.deleteAll(files)
	}
}

func (s *store) deleteAll(files []file) {
	defer s.deleters.Done()
	for _, f := range files {
		if err := s.remove(f.name); err != nil {
			continue
		}
		if f.kind == "table" {
			s.note(f.name)
		}
	}
}

func (s *store) note(name string) {
	s.mu.Lock()
	s.mu.deleted++
	delete(s.mu.names, name)
	s.mu.Unlock()
}

// Close waits for goroutines that count what they have done.
func (s *store) Close(out io.Writer) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, err := fmt.Fprintln(out, len(s.mu.names)); err != nil {
		return err
	}
	s.deleters.Wait() // want `wait for s.deleters holds s.mu.Mutex, and whoever could end that waits for the lock at needed.go:\d+: a deadlock`
	return nil
}

// A ledger hands entries to one writer, which notes what it has written.
type ledger struct {
	mu      sync.RWMutex
	entries chan string
	quit    chan struct{}
	written map[string]bool
	out     io.Writer
}

func newLedger(out io.Writer) *ledger {
	return &ledger{entries: make(chan string), quit: make(chan struct{}), written: make(map[string]bool), out: out}
}

func (l *ledger) run() {
	for {
		select {
		case entry := <-l.entries:
			if _, err := io.WriteString(l.out, entry); err != nil {
				continue
			}
			l.mu.Lock()
			l.written[entry] = true
			l.mu.Unlock()
		case <-l.quit:
			return
		}
	}
}

func (l *ledger) stop() { close(l.quit) }

func (l *ledger) Add(entries []string) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	for _, entry := range entries {
		if !l.written[entry] {
			l.entries <- entry // want `send on l.entries holds l.mu, and whoever could end that waits for the lock at needed.go:\d+: a deadlock`
		}
	}
}

// A desk gives items to clerks, who may leave while it holds one out.
type desk[T any] struct {
	mu    sync.Mutex
	items []T
	free  int
	hand  chan T
	done  chan struct{}
	once  sync.Once
}

func newDesk[T any]() *desk[T] {
	return &desk[T]{hand: make(chan T), done: make(chan struct{})}
}

type sequence[T any] interface{ each(func(T) bool) }

func (d *desk[T]) serve(all sequence[T]) {
	d.mu.Lock()
	defer d.mu.Unlock()
	all.each(func(item T) bool {
		d.free--
		d.hand <- item // want `send on d.hand holds d.mu, and waits for ever if the receiver at needed.go:\d+ has left by another case: nobody gets the lock any more`
		return d.free > 0
	})
}

func (d *desk[T]) take() (item T, ok bool) {
	d.mu.Lock()
	d.free++
	d.mu.Unlock()
	select {
	case <-d.done:
		return item, false
	case item := <-d.hand:
		return item, true
	}
}

func (d *desk[T]) shut() { d.once.Do(func() { close(d.done) }) }

// A gate is opened by someone who has to get past the lock.
type gate struct {
	sync.Mutex
	open  chan struct{}
	state string
}

func newGate() *gate { return &gate{open: make(chan struct{})} }

func (g *gate) pass() string {
	g.Lock()
	defer g.Unlock()
	<-g.open // want `receive from g.open holds g.Mutex, and whoever could end that waits for the lock at needed.go:\d+: a deadlock`
	return g.state
}

func (g *gate) raise(state string) {
	g.set(state)
	close(g.open)
}

func (g *gate) set(state string) {
	g.Lock()
	defer g.Unlock()
	g.state = state
}
