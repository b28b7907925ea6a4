// Package edited serves views, each of which has a say in the options of its
// request.
package edited

import (
	"encoding/json"
	"net/http"
	"sync"
)

type options struct {
	Unit  string
	Depth int
}

type Pages struct {
	mu       sync.Mutex
	defaults options
}

// answer writes what the request's options are in the end.
func (p *Pages) answer(w http.ResponseWriter, r *http.Request, edit func(*options)) {
	p.mu.Lock()
	o := p.defaults
	p.mu.Unlock()
	o.Unit = r.FormValue("unit")
	edit(&o)
	_ = json.NewEncoder(w).Encode(o)
}

func (p *Pages) tree(w http.ResponseWriter, r *http.Request) {
	p.answer(w, r, func(o *options) {
		if o.Unit == "" {
			o.Unit = "files"
		}
		if o.Depth == 0 {
			o.Depth = 3
		}
	})
}

func (p *Pages) list(w http.ResponseWriter, r *http.Request) {
	p.answer(w, r, func(o *options) { o.Depth = 1 })
}

// Handle registers the views.
func (p *Pages) Handle(mux *http.ServeMux) {
	mux.HandleFunc("/tree", p.tree)
	mux.HandleFunc("/list", p.list)
}
