package bad

import (
	"net/http"
	"os"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// build is the program's version, read when it is first wanted.
var build string

func version() string {
	if build == "" { // want `build is set at its first use, at firstuse.go:20, and goroutines may come to it at once \(no lock\)`
		info, ok := debug.ReadBuildInfo()
		if !ok {
			return "unknown"
		}
		build = info.Main.Version
	}
	return build
}

// A Broker greets the other side with the version of this one. There are many.
type Broker struct {
	mu     sync.Mutex
	opened atomic.Bool
	send   func(string) error
	err    error
}

// Open connects in the background, once.
func (b *Broker) Open() {
	if !b.opened.CompareAndSwap(false, true) {
		return
	}
	b.mu.Lock()
	go func() {
		defer b.mu.Unlock()
		b.err = b.send(version())
	}()
}

// A Dialer keeps a connection to each host, all on one socket.
type Dialer struct {
	mu     sync.Mutex
	hosts  map[string]*host
	socket *os.File
}

type host struct {
	ready chan struct{}
	file  *os.File
	err   error
}

// Host returns the connection to a host, made in the background.
func (d *Dialer) Host(name string) *host {
	d.mu.Lock()
	defer d.mu.Unlock()
	if known, ok := d.hosts[name]; ok {
		return known
	}
	made := &host{ready: make(chan struct{})}
	go func() {
		defer close(made.ready)
		made.file, made.err = d.dial(name)
	}()
	d.hosts[name] = made
	return made
}

func (d *Dialer) dial(name string) (*os.File, error) {
	if d.socket == nil { // want `d.socket is set at its first use, at firstuse.go:80, and goroutines may come to it at once \(no lock\)`
		socket, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		d.socket = socket
	}
	return d.socket, nil
}

// A Page is kept as long as somebody has a reference to it.
type Page struct {
	refs  atomic.Int32
	data  []byte
	index map[string]int
	keys  *keys
}

type keys struct{ names []string }

// Acquire takes one more reference.
func (p *Page) Acquire() { p.refs.Add(1) }

// Release gives one back.
func (p *Page) Release() {
	if p.refs.Add(-1) == 0 {
		p.data = nil
	}
}

// Has looks a name up.
func (p *Page) Has(name string) bool {
	if p.keys == nil { // want `p.keys is set at its first use, at firstuse.go:108, and callers of Has may come to it at once \(no lock\)`
		p.keys = readKeys(p.data)
	}
	for _, known := range p.keys.names {
		if known == name {
			return true
		}
	}
	return false
}

func readKeys(data []byte) *keys { return &keys{names: []string{string(data)}} }

// A Directory is safe for concurrent use by multiple goroutines.
type Directory struct {
	hosts []string
	path  string
	mu    sync.Mutex
	asked int
}

// Lookup asks the file, which it reads once.
func (r *Directory) Lookup(i int) string {
	r.mu.Lock()
	r.asked++
	r.mu.Unlock()
	if len(r.hosts) == 0 { // want `r.hosts is set at its first use, at firstuse.go:134, and callers of Lookup may come to it at once \(no lock\)`
		r.hosts = read(r.path)
	}
	return r.hosts[i]
}

func read(path string) []string { return []string{path} }

// A signer adds a token to requests.
type signer struct {
	next  http.RoundTripper
	token string
	mint  func() string
}

func (s *signer) RoundTrip(r *http.Request) (*http.Response, error) {
	if s.token == "" { // want `s.token is set at its first use, at firstuse.go:150, and callers of RoundTrip may come to it at once \(no lock\)`
		s.token = s.mint()
	}
	again := r.Clone(r.Context())
	again.Header.Set("Authorization", s.token)
	return s.next.RoundTrip(again)
}
