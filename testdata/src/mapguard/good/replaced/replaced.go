// Package replaced sets maps of objects that belong to one request.
package replaced

import "net/http"

type page struct {
	title string
	help  map[string]string
}

type site struct{ texts map[string]string }

func (s *site) render(w http.ResponseWriter, p *page) {
	p.help = s.texts
	_, _ = w.Write([]byte(p.title + p.help["top"]))
}

// ServeHTTP makes a page of its own for each request.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.render(w, &page{title: r.URL.Path})
}

// New returns a site.
func New(texts map[string]string) http.Handler { return &site{texts} }
