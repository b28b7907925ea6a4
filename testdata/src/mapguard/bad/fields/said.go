package fields

import (
	"encoding/json"
	"fmt"
	"io"
	"sync"
)

// Facts are safe for concurrent use.
type Facts struct {
	mu    sync.Mutex
	known map[string]string
}

func (f *Facts) Set(name, value string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.known[name] = value
}

func (f *Facts) Get(name string) string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.known[name]
}

// Dump writes all facts. It does not sort them.
func (f *Facts) Dump(w io.Writer) {
	for name, value := range f.known { // want `map f.known is read here while another goroutine may write it \(other side holds f.mu\)`
		fmt.Fprintln(w, name, value)
	}
}

// Handed to a helper that prints anything.
func (f *Facts) JSON(w io.Writer) error {
	return encode(w, f.known) // want `map f.known is read here while another goroutine may write it \(other side holds f.mu\)`
}

func encode(w io.Writer, value any) error { return json.NewEncoder(w).Encode(value) }

// A mirror's lock lies behind a pointer.
type mirror struct {
	mu    *sync.RWMutex
	items map[string]string
}

func NewMirror() (save func() int) {
	m := &mirror{mu: &sync.RWMutex{}, items: make(map[string]string)}
	go m.Put("start", "")
	return m.Len
}

func (m *mirror) Put(name, value string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.items[name] = value
}

func (m *mirror) Drop(name string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.items, name)
}

func (m *mirror) Len() int {
	return len(m.items)
}

func (m *mirror) Has(name string) bool {
	_, ok := m.items[name] // want `map m.items is read here while another goroutine may write it \(other side holds m.mu\)`
	return ok
}

// A pool looks at its map again when it has given the lock back.
type pool struct {
	mu      sync.Mutex
	lastPut map[int]string
}

const verbosePuts = true

func (p *pool) Put(conn int, who string) {
	p.mu.Lock()
	if p.lastPut[conn] != "" {
		p.mu.Unlock()
		if verbosePuts {
			fmt.Println("put twice", p.lastPut[conn]) // want `map p.lastPut is read here while another goroutine may write it \(other side holds p.mu\)`
		}
		return
	}
	p.lastPut[conn] = who
	p.mu.Unlock()
}

// Change is allowed to write by what it is passed.
var config = struct {
	sync.RWMutex
	values map[string]string
}{values: make(map[string]string)}

func Read(path string) string {
	config.RLock()
	defer config.RUnlock()
	return access("GET", path, "")
}

func Touch(path string) string {
	config.RLock()
	defer config.RUnlock()
	return access("PUT", path, "touched")
}

func access(method, path, value string) string {
	switch method {
	case "GET":
		return config.values[path]
	case "PUT":
		config.values[path] = value // want `map config.values is written here while config.RWMutex is held for reading only`
	}
	return ""
}

// A Listener asks for its channels again in a goroutine, and doesn't wait for
// it when the context ends first.
type Listener struct {
	mu       sync.Mutex
	channels map[string]bool
}

func (l *Listener) Listen(channel string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.channels[channel] = true
}

func (l *Listener) Unlisten(channel string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.channels, channel)
}

func (l *Listener) Connect(stop <-chan bool, ask func(string) error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	done := make(chan error, 1)
	go func() {
		for channel := range l.channels { // want `map l.channels is read here while another goroutine may write it \(other side holds l.mu\)`
			if err := ask(channel); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	select {
	case err := <-done:
		return err
	case <-stop:
		return nil
	}
}

// A transfer looks at its map while those who delete from it are at work: it
// has waited for nobody. It is told once, at the first access.
type transfer struct {
	mu   sync.Mutex
	left map[string]int
}

func (t *transfer) start(names <-chan string) {
	for range 4 {
		go t.check(names)
	}
}

func (t *transfer) check(names <-chan string) {
	for name := range names {
		t.mu.Lock()
		delete(t.left, name)
		t.mu.Unlock()
	}
}

func (t *transfer) Add(name string, n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.left[name] += n
}

func (t *transfer) Left(names <-chan string) (left []string) {
	t.start(names)
	if len(t.left) == 0 { // want `map t.left is read here while another goroutine may write it \(other side holds t.mu\)`
		return nil
	}
	for name := range t.left {
		left = append(left, name)
	}
	return left
}
