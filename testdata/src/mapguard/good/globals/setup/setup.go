// Package setup has streams that Init reads and requests add to.
package setup

import (
	"fmt"
	"net/http"
	"sync"
)

var (
	streamsMu sync.Mutex
	streams   = map[string]string{}
)

// Init is what main calls first.
func Init(configured map[string]string) {
	for name, source := range configured {
		streams[name] = source
	}
	http.HandleFunc("/streams", list)
}

// Add adds a stream.
func Add(name, source string) {
	streamsMu.Lock()
	streams[name] = source
	streamsMu.Unlock()
}

// Remove takes one out.
func Remove(name string) {
	streamsMu.Lock()
	defer streamsMu.Unlock()
	delete(streams, name)
}

func list(w http.ResponseWriter, _ *http.Request) {
	streamsMu.Lock()
	defer streamsMu.Unlock()
	for name := range streams {
		fmt.Fprintln(w, name)
	}
}
