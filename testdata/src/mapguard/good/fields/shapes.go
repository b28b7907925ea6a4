package fields

import (
	"os"
	"path/filepath"
	"sync"
)

// store is replaced as a whole under its lock; what was there before is gone
// through without it.
type store struct {
	mu    sync.Mutex
	files map[string]int
	conns map[string]chan int
}

// Reload takes the old map away and looks it up in a callback.
func (s *store) Reload(dir string) error {
	s.mu.Lock()
	old := s.files
	s.files = make(map[string]int)
	s.mu.Unlock()
	return filepath.Walk(dir, func(path string, info os.FileInfo, err error) error {
		if _, ok := old[path]; ok {
			s.track(path)
		}
		return err
	})
}

func (s *store) track(path string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files[path]++
}

// Drop hands the old map to a goroutine.
func (s *store) Drop() {
	s.mu.Lock()
	defer s.mu.Unlock()
	conns := s.conns
	s.conns = make(map[string]chan int)
	go func() {
		for _, conn := range conns {
			close(conn)
		}
	}()
}

func (s *store) Conn(name string) chan int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.conns[name]
}

// Transport is set up by Start, before anybody else uses it.
type Transport struct {
	mu    sync.Mutex
	peers map[string]int
	name  string
	size  int
}

func (t *Transport) Start(name string) {
	t.name = name
	t.size = len(name)
	t.peers = make(map[string]int)
}

func (t *Transport) Add(peer string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.peers[peer] = t.size
}

// Services are registered under a lock, by one method, before it serves.
type Services struct {
	mu     sync.Mutex
	byName map[string]func()
}

func (s *Services) Register(name string, f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.byName[name] = f
}

func (s *Services) Serve(name string) { s.byName[name]() }

func (s *Services) Count() int { return len(s.byName) }

// Leases are written under the read lock by one goroutine alone; all others
// take the lock for writing.
type Leases struct {
	mu  sync.RWMutex
	ids map[string]int
}

func (l *Leases) Run(expired <-chan string) {
	go func() {
		for id := range expired {
			l.mu.RLock()
			delete(l.ids, id)
			l.mu.RUnlock()
		}
	}()
}

func (l *Leases) Grant(id string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ids[id]++
}

// schedule starts a goroutine with its caller's lock held, and writes.
type schedule struct {
	mu    sync.Mutex
	tasks map[string]chan bool
}

func (s *schedule) Add(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(name)
}

func (s *schedule) add(name string) {
	done := make(chan bool)
	go func() {
		<-done
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.tasks, name)
	}()
	s.tasks[name] = done
}
