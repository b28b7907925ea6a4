package bad

import (
	"net/http"
	"sync"
	"sync/atomic"
)

// A later failure replaces the one that was found.
type transfer struct {
	mu      sync.Mutex
	failure error
	left    int
}

func (t *transfer) Fail(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.left = 0
	t.failure = err
}

func (t *transfer) Left() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.failure != nil {
		return 0
	}
	return t.left
}

func (t *transfer) Add() error {
	t.mu.Lock()
	if t.failure != nil {
		t.mu.Unlock()
		return t.failure // want `t.failure is read after t.mu was released: 3 of 4 uses hold it`
	}
	t.left++
	t.mu.Unlock()
	return nil
}

// What is read behind the flag meets those who asked for it.
type gate struct {
	open atomic.Bool

	mu    sync.Mutex
	count int
}

func (g *gate) Open() int {
	g.open.Store(true)
	return 0
}

func (g *gate) Report(print func(int)) {
	print(g.count) // want `g.count is read without g.mu: 3 of 4 uses hold it`
}

func (g *gate) Enter() bool {
	if !g.open.Load() {
		return false
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.count++
	return true
}

func (g *gate) Leave() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.count--
}

func (g *gate) Count() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.count
}

// The list is read when requests may come already.
type directory struct {
	mu    sync.RWMutex
	names []string
}

func (d *directory) Serve(mux *http.ServeMux, print func(int)) {
	mux.HandleFunc("/join", d.join)
	print(len(d.names)) // want `d.names is read without d.mu: 3 of 4 uses hold it`
}

func (d *directory) join(_ http.ResponseWriter, req *http.Request) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.names = append(d.names, req.FormValue("name"))
}

func (d *directory) First() string {
	d.mu.RLock()
	defer d.mu.RUnlock()
	return d.names[0]
}
