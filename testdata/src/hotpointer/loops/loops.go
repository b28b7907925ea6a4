// Package loops holds code that is only likely to be hot.
package loops

import (
	"fmt"
	"net/http"
	"sync"
)

type pair struct{ a, b int }

type server struct {
	mu    sync.Mutex
	sizes map[string]int
}

// ServeHTTP makes a pair for each parameter, not only for each request.
func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	var one, pairs []*pair
	one = append(one, &pair{})
	total := len(one)
	for name, values := range r.URL.Query() {
		pairs = append(pairs, &pair{len(name), len(values)}) // want `pairs is a \[\]\*pair of 16-byte values built on a hot path`
		total += s.size(name)
	}
	fmt.Fprintln(w, total, len(pairs))
}

// size is called in the handler's loop.
func (s *server) size(name string) int {
	var parts []*pair
	for i := range name {
		parts = append(parts, &pair{i, 1}) // want `parts is a \[\]\*pair of 16-byte values built on a hot path`
	}
	return len(parts)
}

func routes() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		var cells []*pair
		for i := range r.Header {
			cells = append(cells, &pair{a: len(i)}) // want `cells is a \[\]\*pair of 16-byte values built on a hot path`
		}
		w.WriteHeader(len(cells))
	})
}
