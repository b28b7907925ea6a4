package handlers

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestServer sends its requests one after the other.
func TestServer(t *testing.T) {
	seen := make(map[string]int)
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen[r.URL.Path]++
	}))
	defer server.Close()
	if _, err := http.Get(server.URL + "/a"); err != nil || seen["/a"] != 1 {
		t.Error(err, seen)
	}
}

// TestCounter looks at the field of an object of its own.
func TestCounter(t *testing.T) {
	c := &Counter{hits: make(map[string]int)}
	c.hit("/")
	if c.hits["/"] != 1 {
		t.Error(c.hits)
	}
}
