package fields

import (
	"errors"
	"sync"
)

var errNoTunnel = errors.New("no such tunnel")

type tunnel struct{ host string }

// Tunnels is read from a file, checked, and only then shared.
type Tunnels struct {
	Hosts map[string]string

	mu   sync.RWMutex
	open map[string]*tunnel
}

// Validate checks what was read and fills in what is missing.
func (t *Tunnels) Validate() error {
	if t.open == nil {
		t.open = make(map[string]*tunnel)
	}
	for name, host := range t.Hosts {
		if host == "" {
			return errors.New("no host for " + name)
		}
	}
	return nil
}

// Get opens a tunnel at its first use.
func (t *Tunnels) Get(name string) (*tunnel, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if found, ok := t.open[name]; ok {
		return found, nil
	}
	host, ok := t.Hosts[name]
	if !ok {
		return nil, errNoTunnel
	}
	t.open[name] = &tunnel{host}
	return t.open[name], nil
}

// Close forgets them.
func (t *Tunnels) Close() {
	t.mu.Lock()
	defer t.mu.Unlock()
	for name := range t.open {
		delete(t.open, name)
	}
}
