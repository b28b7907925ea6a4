package good

import (
	"os"
	"sync"
)

type shelf struct {
	mu    sync.RWMutex
	files map[string]*os.File
	idle  []*os.File
	sizes map[string]int
	max   int
}

func (s *shelf) lookup(name string) *os.File {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.files[name]
}

// put looks itself before it sets.
func (s *shelf) put(name string, f *os.File) *os.File {
	s.mu.Lock()
	defer s.mu.Unlock()
	if other, ok := s.files[name]; ok {
		f.Close()
		return other
	}
	s.files[name] = f
	return f
}

func (s *shelf) open(name string) (*os.File, error) {
	if f := s.lookup(name); f != nil {
		return f, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	return s.put(name, f), nil
}

// size is computed again at worst: one number is as good as the other.
func (s *shelf) size(name string) int {
	s.mu.RLock()
	n, ok := s.sizes[name]
	s.mu.RUnlock()
	if ok {
		return n
	}
	n = len(name)
	s.mu.Lock()
	s.sizes[name] = n
	s.mu.Unlock()
	return n
}

// take gives one back where it has found none: nothing is limited by that.
func (s *shelf) take(f *os.File) {
	s.mu.Lock()
	for len(s.idle) > 0 {
		s.idle = s.idle[1:]
	}
	s.mu.Unlock()
	s.mu.Lock()
	s.idle = append(s.idle, f)
	s.mu.Unlock()
}

// keep looks again.
func (s *shelf) keep(f *os.File) bool {
	s.mu.RLock()
	room := len(s.idle) < s.max
	s.mu.RUnlock()
	if !room {
		return false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.idle) < s.max {
		s.idle = append(s.idle, f)
		return true
	}
	return false
}

// turns sets what it has just looked at, each time around.
type turns struct {
	mu    sync.Mutex
	ready chan struct{}
	done  bool
}

func (t *turns) wait() {
	for {
		t.mu.Lock()
		if t.done {
			t.mu.Unlock()
			return
		}
		if t.ready == nil {
			t.ready = make(chan struct{}, 1)
		}
		ready := t.ready
		t.mu.Unlock()
		<-ready
	}
}
