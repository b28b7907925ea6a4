// Package good takes locks and means to keep some.
package good

import (
	"errors"
	"log"
	"os"
	"sync"
)

type table struct {
	mu   sync.RWMutex
	rows map[string]*row
}

type row struct {
	mu    sync.Mutex
	dead  bool
	owner *table
}

// Locks what it finds.
func (t *table) find(key string) (*row, error) {
	t.mu.RLock()
	r, ok := t.rows[key]
	t.mu.RUnlock()
	if !ok {
		return nil, errors.New("no such row")
	}
	r.mu.Lock()
	if r.dead {
		r.mu.Unlock()
		return nil, errors.New("dead row")
	}
	return r, nil
}

func (t *table) update(key string, change func(*row)) error {
	r, err := t.find(key)
	if err != nil {
		return err
	}
	defer r.mu.Unlock()
	change(r)
	return nil
}

// The caller unlocks.
func (t *table) begin(write bool) {
	if write {
		t.mu.Lock()
		return
	}
	t.mu.RLock()
}

func (t *table) enter(key string) bool {
	t.mu.Lock()
	if t.rows == nil {
		t.mu.Unlock()
		return false
	}
	delete(t.rows, key)
	return true
}

func (t *table) use(key string) {
	if t.enter(key) {
		t.rows[key] = &row{owner: t}
		t.mu.Unlock()
	}
}

// Returns the unlock.
func (t *table) hold(write bool) func() {
	if write {
		t.mu.Lock()
		return t.mu.Unlock
	}
	t.mu.RLock()
	if len(t.rows) == 0 {
		t.mu.RUnlock()
		return func() {}
	}
	return func() { t.mu.RUnlock() }
}

type tx struct{ t *table }

// The transaction unlocks when it ends.
func (t *table) transaction() (*tx, bool) {
	t.mu.Lock()
	if t.rows == nil {
		t.mu.Unlock()
		return nil, false
	}
	return &tx{t: t}, true
}

func (x *tx) commit() { x.t.mu.Unlock() }

// Another goroutine unlocks.
func (t *table) sweep(done chan<- struct{}) {
	t.mu.Lock()
	if len(t.rows) == 0 {
		t.mu.Unlock()
		return
	}
	go func() {
		defer t.mu.Unlock()
		clear(t.rows)
		close(done)
	}()
}

// A stored function unlocks.
func (t *table) later(timers *[]func()) {
	t.mu.Lock()
	if len(t.rows) == 0 {
		t.mu.Unlock()
		return
	}
	*timers = append(*timers, func() { t.mu.Unlock() })
}

// Rows stay locked for another function to unlock.
func (t *table) lockRows() (locked []*row) {
	for _, r := range t.rows {
		r.mu.Lock()
		if r.dead {
			r.mu.Unlock()
			continue
		}
		locked = append(locked, r)
	}
	return locked
}

// The process ends.
func (t *table) must(key string) *row {
	t.mu.RLock()
	r, ok := t.rows[key]
	if !ok {
		log.Fatalf("no row %q", key)
	}
	if r.owner != t {
		os.Exit(3)
	}
	if r.dead {
		panic("a dead row in the table")
	}
	t.mu.RUnlock()
	return r
}

// A closure that is called on the way unlocks.
func (t *table) retry(fail func() error) error {
	done := func(err error) error {
		t.mu.Unlock()
		return err
	}
	t.mu.Lock()
	if err := fail(); err != nil {
		return done(err)
	}
	again := func() error {
		if err := fail(); err != nil {
			return done(err)
		}
		return done(nil)
	}
	return again()
}

// The callee takes the lock again before it looks once more, and releases it
// in the end.
func (t *table) pump(send func(*row) bool) bool {
	for {
		if len(t.rows) == 0 {
			t.mu.Unlock()
			return false
		}
		r := t.rows[""]
		t.mu.Unlock()
		if !send(r) {
			return false
		}
		t.mu.Lock()
	}
}

func (t *table) start(send func(*row) bool) bool {
	t.mu.Lock()
	if t.rows == nil {
		t.mu.Unlock()
		return false
	}
	t.rows[""] = &row{}
	return t.pump(send)
}

// tester is what helpers of tests ask for.
type tester interface {
	Errorf(format string, args ...any)
	FailNow()
}

type double struct {
	mu    sync.Mutex
	calls int
	test  tester
}

func (d *double) fail() {
	d.test.Errorf("called %d times", d.calls)
	d.test.FailNow()
}

func (d *double) called(limit int) int {
	d.mu.Lock()
	if d.calls > limit {
		d.mu.Unlock()
		d.fail()
	}
	d.calls++
	d.mu.Unlock()
	return d.calls
}

// A lender's lock is held between calls, and lent while something slow runs.
type lender struct {
	mu   sync.Mutex
	busy bool
	idle chan struct{}
	read func() error
}

// refresh is called and returns with the lock held.
func (l *lender) refresh() error {
	l.busy, l.idle = true, make(chan struct{})
	l.mu.Unlock()
	err := l.read()
	l.mu.Lock()
	l.busy = false
	close(l.idle)
	return err
}

// Each round of the loop lends the lock, and so does refresh.
func (l *lender) get() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for l.busy {
		idle := l.idle
		l.mu.Unlock()
		<-idle
		l.mu.Lock()
		if l.read == nil {
			return errors.New("closed")
		}
	}
	return l.refresh()
}

// acquire takes the lock when nobody is busy, and returns with it.
func (l *lender) acquire() {
	l.mu.Lock()
	for l.busy {
		idle := l.idle
		l.mu.Unlock()
		<-idle
		l.mu.Lock()
	}
}

func (l *lender) idles() bool {
	l.acquire()
	defer l.mu.Unlock()
	return !l.busy
}
