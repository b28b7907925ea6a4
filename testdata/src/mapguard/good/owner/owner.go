// Package owner holds maps of objects that nobody else uses while a method
// works on them.
package owner

import "sync"

// A store keeps pages under its own lock.
type store struct {
	mu    sync.RWMutex
	pages map[int][]byte
}

func (s *store) page(n int) []byte {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.pages[n]
}

func (s *store) keep(n int, page []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pages[n] = page
}

// A Base is closed when all transactions have ended: each holds closing for
// reading, from its start to its end.
type Base struct {
	closing sync.RWMutex
	closed  bool
	store   *store
}

// Open makes an empty one.
func Open() *Base { return &Base{store: &store{pages: make(map[int][]byte)}} }

// A Tx is a transaction.
type Tx struct{ base *Base }

// Begin starts one.
func (b *Base) Begin() *Tx {
	b.closing.RLock()
	if b.closed {
		b.closing.RUnlock()
		return nil
	}
	return &Tx{base: b}
}

// Page reads.
func (t *Tx) Page(n int) []byte { return t.base.store.page(n) }

// Keep writes.
func (t *Tx) Keep(n int, page []byte) { t.base.store.keep(n, page) }

// End ends the transaction.
func (t *Tx) End() { t.base.closing.RUnlock() }

// Close clears all.
func (b *Base) Close() {
	b.closing.Lock()
	defer b.closing.Unlock()
	b.closed = true
	b.store.pages = nil
}

// A Sheet is used by several goroutines until it is reset, which makes it
// another one.
type Sheet struct {
	mu    sync.Mutex
	title string
	cells map[string]string
}

// Cell looks up.
func (s *Sheet) Cell(at string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cells[at]
}

// Fill writes.
func (s *Sheet) Fill(at, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cells == nil {
		s.cells = make(map[string]string)
	}
	s.cells[at] = text
}

// Reset empties the sheet, and keeps the map's memory.
func (s *Sheet) Reset(title string) {
	for at := range s.cells {
		delete(s.cells, at)
	}
	*s = Sheet{title: title, cells: s.cells}
}

// A List is drawn and changed by one goroutine; its lock keeps the writer of
// its text apart.
type List struct {
	mu     sync.Mutex
	text   []string
	marked map[string]struct{}
}

// Write adds text.
func (l *List) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, string(p))
	return len(p), nil
}

// Draw shows the text.
func (l *List) Draw(show func(text []string, marks int)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.eachLine(func(line string) bool {
		for name := range l.marked {
			l.marked[name] = struct{}{}
		}
		return line != ""
	})
	for name := range l.marked {
		show(l.text, len(name))
	}
}

func (l *List) eachLine(do func(line string) bool) {
	for _, line := range l.text {
		if !do(line) {
			return
		}
	}
}

// Mark chooses anew.
func (l *List) Mark(names ...string) {
	l.marked = make(map[string]struct{})
	for _, name := range names {
		l.marked[name] = struct{}{}
	}
}

// Marked lists what is marked.
func (l *List) Marked() (names []string) {
	for name := range l.marked {
		names = append(names, name)
	}
	return names
}

// Any reports whether anything is.
func (l *List) Any() bool { return len(l.marked) > 0 }
