// Package handlers holds servers whose handlers keep maps to themselves.
package handlers

import (
	"encoding/json"
	"net/http"
	"sync"
)

var routes = map[string]string{"/": "home"}

func init() { routes["/about"] = "about" }

// Serve only reads what main filled.
func Serve(w http.ResponseWriter, r *http.Request) {
	params := make(map[string]string)
	for key := range r.URL.Query() {
		params[key] = r.FormValue(key)
	}
	params["route"] = routes[r.URL.Path]
	w.Header()["X-Route"] = []string{params["route"]}
	_ = json.NewEncoder(w).Encode(params)
}

// Counter locks.
type Counter struct {
	mu   sync.Mutex
	hits map[string]int
}

func (c *Counter) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.hit(r.URL.Path)
}

func (c *Counter) hit(path string) { c.hits[path]++ }

// request is made for each request and serves that one.
type request struct{ values map[string]string }

func (q *request) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	q.values[r.URL.Path] = r.Method
}

func Dispatch(w http.ResponseWriter, r *http.Request) {
	q := &request{values: make(map[string]string)}
	q.ServeHTTP(w, r)
	trace := make(map[string]int)
	inner := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { trace[r.URL.Path]++ })
	inner.ServeHTTP(w, r)
}

func main() {
	counter := &Counter{hits: make(map[string]int)}
	counter.hits["/"] = 0
	http.Handle("/count", counter)
	http.HandleFunc("/", Dispatch)
	_ = http.ListenAndServe("localhost:8080", nil)
}
