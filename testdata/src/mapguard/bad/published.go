package bad

import (
	"maps"
	"net/http"
	"sync"
	"sync/atomic"
)

type backend struct{ addr string }

type table struct {
	version  int
	backends map[string]*backend
	weights  map[string]int
	fallback *backend
}

// router lets requests read its table without a lock.
type router struct {
	current atomic.Pointer[table]
	change  sync.Mutex
}

func (r *router) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	t := r.current.Load()
	b := t.backends[req.Host]
	if b == nil || t.weights[req.Host] == 0 {
		b = t.fallback
	}
	http.Redirect(w, req, b.addr+req.URL.Path, http.StatusFound)
}

// Add makes a new version, which shares the map of the old one.
func (r *router) Add(host string, b *backend) {
	r.change.Lock()
	defer r.change.Unlock()
	old := r.current.Load()
	next := &table{version: old.version + 1, backends: old.backends, fallback: old.fallback}
	next.backends[host] = b // want `map next.backends is written here after it was published: ServeHTTP may read it at published.go:27 without a lock \(copy it first\)`
	r.current.Store(next)
}

// Weigh copies the table, and its maps with it.
func (r *router) Weigh(host string, weight int) {
	r.change.Lock()
	defer r.change.Unlock()
	next := *r.current.Load()
	next.backends = maps.Clone(next.backends)
	next.weights[host] = weight // want `map next.weights is written here after it was published`
	r.current.Store(&next)
}

// labels is the same without a struct around the map.
type labels struct {
	all atomic.Value // map[string]string
}

func (l *labels) Get(name string) string {
	all, _ := l.all.Load().(map[string]string)
	return all[name]
}

func (l *labels) Drop(name string) {
	all := l.all.Load().(map[string]string)
	delete(all, name) // want `map all is written here after it was published: Get may read it`
}
