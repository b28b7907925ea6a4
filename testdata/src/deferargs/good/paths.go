package good

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"sync"
	"time"
)

type recorder struct{ hits int }

func (r *recorder) finish(err error)                        { log.Println(r.hits, err) }
func (r *recorder) response(resp *http.Response, err error) { log.Println(resp, err) }

// Changed in front of the defer statement only, or on paths that don't come
// by it.
func before(r *recorder, path string) error {
	f, err := os.Open(path)
	if err != nil {
		f, err = os.Open(path + ".bak")
		if err != nil {
			return err
		}
	}
	defer f.Close()
	if path == "" {
		err = errors.New("no path")
		r.finish(err)
		return err
	}
	if info, err := f.Stat(); err != nil {
		defer r.finish(err) // this err, known here
		return fmt.Errorf("stat %v: %w", info, err)
	}
	defer r.finish(err)
	_, other := f.Seek(0, io.SeekEnd)
	return other
}

// The error that the code at hand deals with.
func known(r *recorder, url string) error {
	resp, err := http.Get(url)
	defer r.response(resp, err)
	if err != nil {
		defer r.finish(err)
		err = fmt.Errorf("get: %w", err)
		return err
	}
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

// One value per iteration.
func perIteration(names []string) {
	depth := 0
	for i, name := range names {
		var err error
		n := 0
		depth++
		defer fmt.Println(i, name, depth)
		defer log.Println(name, n)
		defer func(depth int) { fmt.Println(depth) }(depth)
		if err = os.Remove(name); err != nil {
			defer log.Println(name, err)
		}
	}
}

// Returned as it is, or as nil: nothing that the call would not know.
func unchanged(r *recorder, path string) (err error) {
	if err = os.Chdir(path); err != nil {
		return err
	}
	defer r.finish(err)
	if path == "/" {
		return nil
	}
	return err
}

// Early values that aren't constants and aren't counted on.
func names(path string) string {
	name := path[1:]
	defer log.Println("leaving", name)
	if name == "" {
		name = "default"
	}
	return name
}

// An element is picked when the statement runs.
func stack(undo []func(), marks []int) {
	top := len(undo) - 1
	defer undo[top]()
	i := 0
	defer fmt.Println(marks[i], marks[i:])
	i++
	top = i
	log.Println(top)
}

// Every value gets released.
func rotate(paths []string) error {
	f, err := os.Create(paths[0])
	if err != nil {
		return err
	}
	defer f.Close()
	f, err = os.Create(paths[1])
	if err != nil {
		return err
	}
	defer f.Close()
	resp, err := http.Get(paths[2])
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	resp, err = http.Get(paths[3])
	if err != nil {
		return err
	}
	_, err = io.Copy(f, resp.Body)
	resp.Body.Close()
	return err
}

// The new value wraps the old, belongs to somebody else, or is handed on.
type source struct{ current *os.File }

func (s *source) next() *os.File { return s.current }

func drain(rc io.ReadCloser) { io.Copy(io.Discard, rc) }

func wrapped(path string, s *source) (io.ReadCloser, error) {
	var rc io.ReadCloser
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	rc = f
	defer rc.Close()
	if rc, err = gzip.NewReader(rc); err != nil {
		return nil, err
	}
	body, err := s.body()
	if err != nil {
		return nil, err
	}
	defer body.Close()
	body = io.NopCloser(bufio.NewReader(body))
	drain(body)
	file := s.next()
	defer file.Close()
	file = s.current
	log.Println(file.Name())
	conn, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	conn, err = os.Open(path + ".bak")
	return conn, err
}

func (s *source) body() (io.ReadCloser, error) { return s.current, nil }

// The lock that was taken is the lock that is released.
type node struct {
	mu   sync.Mutex
	next *node
	name string
}

func (n *node) find(name string) *node {
	n.mu.Lock()
	defer n.mu.Unlock()
	for n = n.next; n != nil; n = n.next {
		if n.name == name {
			return n
		}
	}
	return nil
}

// A copied receiver of which nothing that the method reads is changed, or
// that is the state to go back to.
type state struct {
	name  string
	depth int
	cache map[string]int
}

func (s state) announce()          { fmt.Println(s.name) }
func (s state) dump()              { fmt.Println(s.cache) }
func (s state) restore(to *state)  { *to = s }
func (s *state) enter(name string) { s.depth++ }
func (t ticker) stop()             { t.C.Stop() }

type ticker struct{ C *time.Ticker }

func run(s *state) {
	saved := *s
	defer saved.restore(s)
	defer s.announce()
	defer s.dump()
	s.enter("run")
	s.depth++
	s.cache["run"]++
	t := ticker{time.NewTicker(time.Second)}
	defer t.stop()
}

// Timers are collected, and Stop early is harmless.
func retry(f func() bool) {
	timer := time.NewTimer(time.Second)
	defer timer.Stop()
	for !f() {
		<-timer.C
		timer = time.NewTimer(2 * time.Second)
	}
}
