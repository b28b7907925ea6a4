// Package good sets things up once, and for all.
package good

import (
	"database/sql"
	"errors"
	"net"
	"net/http"
	"os"
	"sync"
	"sync/atomic"
	"testing"
)

// A Store keeps the error beside the value.
type Store struct {
	once sync.Once
	db   *sql.DB
	err  error
}

// DB tells everybody.
func (s *Store) DB() (*sql.DB, error) {
	s.once.Do(func() {
		db, err := sql.Open("sqlite", "")
		s.db, s.err = db, err
	})
	return s.db, s.err
}

// An Opener notices that nothing was opened.
type Opener struct {
	once sync.Once
	db   *sql.DB
}

// DB has an answer for later callers.
func (o *Opener) DB() (*sql.DB, error) {
	var err error
	o.once.Do(func() { o.db, err = sql.Open("sqlite", "") })
	if o.db == nil && err == nil {
		err = errors.New("not open")
	}
	return o.db, err
}

// A Conn is closed once; the second caller has nothing to learn.
type Conn struct {
	close  sync.Once
	conn   net.Conn
	closed bool
}

// Close tells the first.
func (c *Conn) Close() error {
	var err error
	c.close.Do(func() {
		c.closed = true
		err = c.conn.Close()
		c.conn = nil
	})
	return err
}

// First says who came first.
func (c *Conn) First() bool {
	first := false
	c.close.Do(func() { first = true })
	return first
}

// all goroutines share the function's Once.
func all(work []func() error) (err error) {
	var once sync.Once
	var wg sync.WaitGroup
	for _, f := range work {
		wg.Go(func() {
			if e := f(); e != nil {
				once.Do(func() { err = e })
			}
		})
	}
	wg.Wait()
	return err
}

// loop shares it between its rounds, paths between theirs.
func loop(names []string, log func(string)) {
	var warned, told sync.Once
	for _, name := range names {
		warned.Do(func() { log(name) })
	}
	if len(names) == 0 {
		told.Do(func() { log("none") })
	}
	told.Do(func() { log("done") })
}

// stop hands its Once to others.
func stop(done chan struct{}) func() {
	var once sync.Once
	return func() { once.Do(func() { close(done) }) }
}

type node struct {
	once sync.Once
	next *node
	size int
}

// Size enters the Once of another object.
func (n *node) Size() int {
	n.once.Do(func() {
		n.size = 1
		if n.next != nil {
			n.size += n.next.Size()
		}
	})
	return n.size
}

// warm comes back from another goroutine, which waits and may.
func (n *node) warm() {
	n.once.Do(func() {
		go n.warm()
		n.size = 1
	})
}

// A Session is made new before anybody knows it, or under a lock.
type Session struct {
	mu   sync.Mutex
	once sync.Once
	name string
}

// NewSession is the only one who knows it.
func NewSession() *Session {
	s := &Session{}
	s.once = sync.Once{}
	return s
}

// Name uses it.
func (s *Session) Name() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.once.Do(func() { s.name = "name" })
	return s.name
}

// Reset holds the lock of all who use it.
func (s *Session) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.once = sync.Once{}
}

type page struct {
	once sync.Once
	text []byte
	err  error
}

// ServeHTTP keeps the error.
func (p *page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.once.Do(func() { p.text, p.err = os.ReadFile("page.html") })
	if p.err != nil {
		http.Error(w, p.err.Error(), http.StatusInternalServerError)
		return
	}
	w.Write(p.text)
}

type settings struct{ names []string }

var (
	current   atomic.Pointer[settings]
	plain     *settings
	currentMu sync.RWMutex
)

// Current looks with an atomic.
func Current() *settings {
	if current.Load() == nil {
		currentMu.Lock()
		defer currentMu.Unlock()
		if current.Load() == nil {
			current.Store(&settings{})
		}
	}
	return current.Load()
}

// Plain looks under the read lock.
func Plain() *settings {
	currentMu.RLock()
	if plain == nil {
		currentMu.RUnlock()
		currentMu.Lock()
		if plain == nil {
			plain = &settings{}
		}
		currentMu.Unlock()
		currentMu.RLock()
	}
	defer currentMu.RUnlock()
	return plain
}

// Always takes the lock first.
func Always() *settings {
	currentMu.Lock()
	defer currentMu.Unlock()
	if plain == nil {
		plain = &settings{}
	}
	return plain
}

// fill has a nil check of something that belongs to the call.
func fill(s *settings, mu *sync.Mutex) *settings {
	if s == nil {
		mu.Lock()
		defer mu.Unlock()
		if s == nil {
			s = &settings{}
		}
	}
	return s
}

// currentLocked is called under the lock that it takes another of.
func (s *Session) nameLocked(other *Session) {
	if s.name == "" {
		other.mu.Lock()
		defer other.mu.Unlock()
		s.name = other.name
	}
}

var warnOnce sync.Once

func warn(log func(string)) { warnOnce.Do(func() { log("deprecated") }) }

// resetWarning is there for tests: nobody else calls it.
func resetWarning(t *testing.T) {
	t.Helper()
	warnOnce = sync.Once{}
}

// Again lets the next caller try, under the lock of all who use the Once.
func (s *Session) Again() (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	var err error
	s.once.Do(func() { s.name, err = os.Hostname() })
	if err != nil {
		s.once = sync.Once{}
	}
	return s.name, err
}
