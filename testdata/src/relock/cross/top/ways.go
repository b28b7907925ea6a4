package top

import (
	"fixtures/relock/cross/base"
	"fixtures/relock/cross/middle"
)

// sizer is answered by one type of this package, which asks middle, which
// asks base.
type sizer interface{ Size() int }

type gauge struct{ store *middle.Store }

func (g *gauge) Size() int { return g.store.Size() }

type panel struct {
	store *middle.Store
	show  func() int
	parts []sizer
}

func newPanel(store *middle.Store) *panel {
	p := &panel{store: store}
	p.show = p.size
	return p
}

func (p *panel) size() int { return p.store.Size() }

// The method is reached by an interface.
func throughInterface(store *middle.Store) int {
	var s sizer = &gauge{store}
	store.List.Mu.Lock()
	defer store.List.Mu.Unlock()
	return s.Size() // want `s.Size ends up locking store.List.Mu for reading, which is held since line 33`
}

// The function is kept in a field.
func (p *panel) throughField() int {
	p.store.List.Mu.Lock()
	defer p.store.List.Mu.Unlock()
	return p.show() // want `p.show ends up locking p.store.List.Mu for reading, which is held since line 40`
}

// registry is generic, and what it embeds is so, too.
type registry[K comparable] struct {
	middle.Index[K]
	hits int
}

func (r *registry[K]) find(key K) int {
	r.hits++
	return r.Lookup(key)
}

func (r *registry[K]) each(do func(K)) { r.Keys.Each(do) }

func throughGenerics(r *registry[string]) {
	r.each(func(key string) {
		_ = r.find(key) // want `r.find ends up locking r.Index.Keys.mu again|r.find ends up locking r.Keys.mu again`
	})
}

// desk embeds what embeds the store by a pointer.
type desk struct {
	middle.Named
	open bool
}

func (d *desk) close() int {
	d.Store.List.Lock()
	defer d.Store.List.Unlock()
	d.open = false
	return d.Size() // want `d.Size ends up locking d.Named.Store.List.Mu for reading|d.Size ends up locking`
}

// Other objects, released before, or called later.
func (p *panel) fine(other *middle.Store, keys *base.Keyed[string]) int {
	var s sizer = &gauge{other}
	p.store.List.Mu.Lock()
	n := s.Size()
	p.store.Later(func() { _ = p.show() })
	p.store.List.Mu.Unlock()
	r := &registry[string]{}
	keys.Each(func(key string) { n += r.find(key) })
	return n + p.show()
}
