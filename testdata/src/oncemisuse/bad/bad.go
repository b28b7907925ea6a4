// Package bad sets things up, but not once, or not for all.
package bad

import (
	"database/sql"
	"net/http"
	"os"
	"regexp"
	"sync"
)

// A Store opens its database when it is first used.
type Store struct {
	once sync.Once
	db   *sql.DB
	path string
}

// DB tells the first caller alone what went wrong.
func (s *Store) DB() (*sql.DB, error) {
	var err error
	s.once.Do(func() {
		s.db, err = sql.Open("sqlite", s.path) // want `err is a variable of this call: callers after the first get nil and s.db as the first left it`
	})
	return s.db, err
}

// connect has a named result, and an assignment of its own.
func (s *Store) connect() (err error) {
	s.once.Do(func() {
		db, openErr := sql.Open("sqlite", s.path)
		if openErr != nil {
			err = openErr // want `err is a variable of this call: callers after the first get nil and s.db as the first left it`
			return
		}
		s.db = db
	})
	return
}

var (
	configOnce sync.Once
	config     []byte
)

// Config reads a file once.
func Config() ([]byte, error) {
	var err error
	configOnce.Do(func() {
		config, err = os.ReadFile("config.json") // want `err is a variable of this call: callers after the first get nil and config as the first left it`
	})
	if err != nil {
		return nil, err
	}
	return config, nil
}

// compile has a Once of its own, in each call.
func compile(pattern string) (re *regexp.Regexp) {
	var once sync.Once
	once.Do(func() { re = regexp.MustCompile(pattern) }) // want `once is a variable of this call: its function runs every time, not once`
	return re
}

// A Registry fills itself when it is first asked.
type Registry struct {
	load  sync.Once
	names map[string]int
}

// Lookup loads, and loading looks up.
func (r *Registry) Lookup(name string) int {
	r.load.Do(r.fill) // want `r.load.Do waits for itself: its function calls Do again at bad.go:\d+`
	return r.names[name]
}

func (r *Registry) fill() {
	r.names = map[string]int{"one": 1}
	r.names["two"] = r.alias("one") + 1
}

func (r *Registry) alias(name string) int { return r.Lookup(name) }

var initOnce sync.Once

func setUp() {
	initOnce.Do(func() { // want `initOnce.Do waits for itself: its function calls Do again at bad.go:\d+`
		if os.Getenv("DEBUG") != "" {
			setUp()
		}
	})
}

// A Retry forgets what it has done when that went wrong.
type Retry struct {
	once sync.Once
	conn *sql.DB
}

// Get gives the Once another try from inside.
func (r *Retry) Get() *sql.DB {
	r.once.Do(func() {
		db, err := sql.Open("sqlite", "")
		if err != nil {
			r.once = sync.Once{} // want `r.once is replaced inside its own Do, which then unlocks a mutex that isn't locked`
			return
		}
		r.conn = db
	})
	return r.conn
}

// Reset gives it another try from outside.
func (r *Retry) Reset() {
	r.conn = nil
	r.once = sync.Once{} // want `r.once is replaced here without a lock: who is in Do then unlocks a mutex that isn't locked`
}

type page struct {
	once sync.Once
	text []byte
}

// ServeHTTP panics for the first request, and serves nothing to the others.
func (p *page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.once.Do(func() {
		text, err := os.ReadFile("page.html")
		if err != nil {
			panic(err) // want `panic leaves p.once done: the server recovers, and later requests find nothing set up`
		}
		p.text = text
	})
	w.Write(p.text)
}

type symbols struct {
	once    sync.Once
	path    string
	offsets map[string]uint64
}

func (s *symbols) read(f *os.File) error {
	s.offsets = map[string]uint64{f.Name(): 1}
	return nil
}

// offset sets things up in a function of their own.
func (s *symbols) offset(name string) (uint64, error) {
	var err error
	s.once.Do(func() {
		var f *os.File
		f, err = os.Open(s.path) // want `err is a variable of this call: callers after the first get nil although the function has failed`
		if err != nil {
			return
		}
		defer f.Close()
		err = s.read(f)
	})
	if err != nil {
		return 0, err
	}
	return s.offsets[name], nil
}
