package bad

import (
	"fmt"
	"net"
	"net/http"
	"os"
	"time"
)

type stats struct {
	name       string
	hits, miss int
	began      time.Time
}

func (s stats) print() { fmt.Println(s.name, s.hits, s.miss) }

func (s *stats) hit() { s.hits++ }

type level int

func (l level) announce() { fmt.Println("level", int(l)) }

// Copied, then changed in place.
func scan(keys []string, cache map[string]bool) {
	s := stats{name: "scan"}
	defer s.print() // want `s is copied at the defer statement \(print has a value receiver\): the call doesn't see line \d+ change it`
	for _, key := range keys {
		if !cache[key] {
			s.miss++
		}
	}
}

// Copied out of a pointer, changed by a method.
func rescan(s *stats, keys []string) {
	defer s.print() // want `s is copied at the defer statement`
	for range keys {
		s.hit()
	}
}

type server struct{ stats stats }

func (srv *server) serve(requests []string) {
	defer srv.stats.print() // want `srv.stats is copied at the defer statement`
	for range requests {
		srv.stats.hits++
	}
}

func climb(to int) {
	l := level(1)
	defer l.announce() // want `l is evaluated|l is copied`
	for int(l) < to {
		l++
	}
}

// A second file, response or connection in the variable of the first.
func concatenate(first, second string) (int64, error) {
	f, err := os.Open(first)
	if err != nil {
		return 0, err
	}
	defer f.Close() // want `f is replaced at line \d+: the deferred f.Close keeps to the old value, and nothing releases the new one`
	info, err := f.Stat()
	if err != nil {
		return 0, err
	}
	size := info.Size()
	if f, err = os.Open(second); err != nil {
		return 0, err
	}
	if info, err = f.Stat(); err != nil {
		return 0, err
	}
	return size + info.Size(), nil
}

func follow(url string) (int, error) {
	resp, err := http.Get(url)
	if err != nil {
		return 0, err
	}
	defer resp.Body.Close() // want `resp is replaced at line \d+: the deferred resp.Body.Close keeps`
	if next := resp.Header.Get("Location"); next != "" {
		resp, err = http.Get(next)
		if err != nil {
			return 0, err
		}
	}
	return resp.StatusCode, nil
}

func reconnect(primary, backup string) error {
	conn, err := net.Dial("tcp", primary)
	if err != nil {
		return err
	}
	defer conn.Close() // want `conn is replaced at line \d+`
	if _, err := conn.Write([]byte("ping")); err != nil {
		conn, err = net.Dial("tcp", backup)
		if err != nil {
			return err
		}
		_, err = conn.Write([]byte("ping"))
		return err
	}
	return nil
}

// A cleanup that grows, and one that is meant to be disarmed.
func prepare(dir string) error {
	cleanup := func() { os.Remove(dir) }
	defer cleanup() // want `cleanup is replaced at line \d+: the deferred call is of the old value, and nothing calls the new one`
	if err := os.Mkdir(dir, 0o700); err != nil {
		return err
	}
	cleanup = func() { os.RemoveAll(dir) }
	return os.WriteFile(dir+"/lock", nil, 0o600)
}
