// Package silence has one mistake over and over, with all ways to silence it.
package silence

import "net/http"

type handler struct{ hits map[string]int }

func (h *handler) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	h.hits[r.URL.Path]++ // stays
}

type everyone struct{ hits map[string]int }

func (h *everyone) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	h.hits[r.URL.Path]++ //nolint:goconclint
}

type reasoned struct{ hits map[string]int }

func (h *reasoned) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	h.hits[r.URL.Path]++ //nolint:goconclint // one client only
}

type above struct{ hits map[string]int }

//nolint:goconclint // one client only
func (h *above) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	if r.Method == http.MethodGet {
		h.hits[r.URL.Path]++
	}
}

type named struct{ hits map[string]int }

func (h *named) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	h.hits[r.URL.Path]++ //nolint:mapguard // one client only
}

type own struct{ hits map[string]int }

func (h *own) ServeHTTP(_ http.ResponseWriter, r *http.Request) {
	h.hits[r.URL.Path]++ //goconclint:ignore mapguard one client only
}
