package bad

import (
	"fmt"
	"io"
	"net/http"
	"sort"
	"sync"
)

// series hands out its map from under the lock, to those who got the series
// out of a list that was made for them.
type series struct {
	name string

	mu     sync.Mutex
	values map[string]uint64
}

func (s *series) Add(label string, n uint64) {
	s.mu.Lock()
	s.values[label] += n
	s.mu.Unlock()
}

func (s *series) Forget(label string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.values, label)
}

func (s *series) Values() map[string]uint64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.values // want `the map is returned from under .*mu and not copied: read at listed.go:64 while another goroutine may write it`
}

type Exporter struct {
	mu  sync.RWMutex
	all map[string]*series
}

func (e *Exporter) Register(name string) *series {
	e.mu.Lock()
	defer e.mu.Unlock()
	s := &series{name: name, values: make(map[string]uint64)}
	e.all[name] = s
	return s
}

func (e *Exporter) sorted() []*series {
	e.mu.RLock()
	defer e.mu.RUnlock()
	out := make([]*series, 0, len(e.all))
	for _, s := range e.all {
		out = append(out, s)
	}
	sort.Slice(out, func(i, j int) bool { return out[i].name < out[j].name })
	return out
}

func (e *Exporter) write(w io.Writer) {
	for _, s := range e.sorted() {
		for label, n := range s.Values() {
			fmt.Fprintf(w, "%s{%s} %d\n", s.name, label, n)
		}
	}
}

func (e *Exporter) ServeHTTP(w http.ResponseWriter, _ *http.Request) { e.write(w) }
