package bad

import (
	"fmt"
	"io"
	"net/http"
	"sync"
)

// Metrics hands out its map from under the lock.
type Metrics struct {
	mu       sync.RWMutex
	counters map[string]int
}

func (m *Metrics) Add(name string) {
	m.mu.Lock()
	m.counters[name]++
	m.mu.Unlock()
}

func (m *Metrics) Delete(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.counters, name)
}

func (m *Metrics) Value(name string) int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.counters[name]
}

func (m *Metrics) all() map[string]int {
	m.mu.RLock()
	defer m.mu.RUnlock()
	return m.counters // want `the map is returned from under m.mu and not copied: read at getter.go:42 while another goroutine may write it`
}

func (m *Metrics) write(w io.Writer) {
	counters := m.all()
	for name, n := range counters {
		fmt.Fprintln(w, name, n)
	}
}

func (m *Metrics) ServeHTTP(w http.ResponseWriter, r *http.Request) { m.write(w) }
