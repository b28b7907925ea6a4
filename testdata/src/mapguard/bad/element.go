package bad

import "sync"

// A supply keeps what its sources have found, by source.
type supply struct {
	mu      sync.Mutex
	sources []*source

	foundMu sync.Mutex
	found   map[string][]string
}

// A source has a lock of its own, which says nothing about other sources.
type source struct {
	mu    sync.RWMutex
	name  string
	alive bool
	lines chan string
}

// Start begins to collect.
func (s *supply) Start(from []*source) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sources = append(s.sources, from...)
	for _, one := range from {
		go s.collect(one)
	}
}

func (s *supply) collect(from *source) {
	for line := range from.lines {
		from.mu.RLock()
		if from.alive {
			s.add(from.name, line)
		}
		from.mu.RUnlock()
	}
}

func (s *supply) add(name, line string) {
	s.foundMu.Lock()
	defer s.foundMu.Unlock()
	s.found[name] = append(s.found[name], line)
}

// All copies what there is.
func (s *supply) All() [][]string {
	s.foundMu.Lock()
	defer s.foundMu.Unlock()
	var all [][]string
	for _, lines := range s.found {
		all = append(all, lines)
	}
	return all
}

// Reload drops sources that have gone.
func (s *supply) Reload() (left int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, one := range s.sources {
		one.mu.Lock()
		left += len(s.found[one.name]) // want `map s.found is read here while another goroutine may write it \(other side holds s.foundMu\)`
		if !one.alive {
			s.foundMu.Lock()
			delete(s.found, one.name)
			s.foundMu.Unlock()
		}
		one.mu.Unlock()
	}
	return left
}
