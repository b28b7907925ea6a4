package bad

import (
	"fmt"
	"io"
	"sync"
)

// Fleet has ships, each of which has a map of its own under the fleet's lock.
type Fleet struct {
	mu    sync.RWMutex
	ships map[string]*ship
}

type ship struct {
	name  string
	crew  map[string]string
	ports map[string]bool
}

func (f *Fleet) Add(name string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.ships == nil {
		f.ships = make(map[string]*ship)
	}
	f.ships[name] = &ship{name, make(map[string]string), make(map[string]bool)}
}

func (f *Fleet) Hire(name, sailor, rank string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	s, ok := f.ships[name]
	if !ok {
		return false
	}
	s.crew[sailor] = rank
	return true
}

// Crew hands out the map of one ship.
func (f *Fleet) Crew(name string) map[string]string {
	f.mu.RLock()
	defer f.mu.RUnlock()
	if s, ok := f.ships[name]; ok {
		return s.crew // want `the map is returned from under f.mu and not copied: read at member.go:\d+ while another goroutine may write it`
	}
	return nil
}

func (f *Fleet) Print(w io.Writer, name string) {
	for sailor, rank := range f.Crew(name) {
		fmt.Fprintln(w, rank, sailor)
	}
}

func (f *Fleet) Land(name, port string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if s := f.ships[name]; s != nil {
		s.ports[port] = true
	}
}

// takePorts has the ship for itself.
func (f *Fleet) takePorts(name string) map[string]bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	s, ok := f.ships[name]
	if !ok {
		return nil
	}
	delete(f.ships, name)
	return s.ports
}

func (f *Fleet) Scrap(name string, each func(port string)) {
	for port := range f.takePorts(name) {
		each(port)
	}
}
