package bad

import (
	"net"
	"os"
	"sync"
)

// archive opens each of its files once, or so it thinks.
type archive struct {
	mu    sync.RWMutex
	files map[string]*volume
	shut  bool
}

type volume struct {
	f    *os.File
	size int64
}

func openVolume(name string) (*volume, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return &volume{f: f}, nil
}

func (a *archive) lookup(name string) (*volume, error) {
	a.mu.RLock()
	defer a.mu.RUnlock()
	if a.shut {
		return nil, os.ErrClosed
	}
	return a.files[name], nil
}

func (a *archive) volume(name string) (*volume, error) {
	v, err := a.lookup(name)
	if err != nil || v != nil {
		return v, err
	}
	v, err = openVolume(name)
	if err != nil {
		return nil, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	a.files[name] = v // want `a.files is set here after the check at helper.go:\d+, but its lock was released in between: two goroutines can each set their own`
	return v, nil
}

// links dials each address once: both steps are taken by methods.
type links[K comparable] struct {
	mu    sync.Mutex
	conns map[K]net.Conn
}

func (l *links[K]) get(key K) (net.Conn, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	c, ok := l.conns[key]
	return c, ok
}

func (l *links[K]) put(key K, line *line) {
	l.mu.Lock()
	l.conns[key] = line
	l.mu.Unlock()
}

type line struct{ net.Conn }

func (l *links[K]) dial(key K, addr string) (net.Conn, error) {
	if c, ok := l.get(key); ok {
		return c, nil
	}
	c, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	l.put(key, &line{c}) // want `l.conns is set here after the check at helper.go:\d+, but its lock was released in between`
	return c, nil
}
