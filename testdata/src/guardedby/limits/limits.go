// Package limits holds mistakes that guardedby doesn't see, and reports that
// it shouldn't make.
package limits

import "sync"

// Ring is used under its lock too seldom to tell that the lock guards it.
type Ring struct {
	mu   sync.Mutex
	keys []string
}

// FN_few reads without the lock.
func (r *Ring) FN_few() []string { return r.keys }

func (r *Ring) Set(keys []string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keys = keys
}

// Options is set up by its owner before anybody else sees it.
type Options struct {
	mu    sync.Mutex
	level int
}

func (o *Options) Raise() {
	o.mu.Lock()
	o.level++
	o.mu.Unlock()
}

func (o *Options) Lower() {
	o.mu.Lock()
	o.level--
	o.mu.Unlock()
}

func (o *Options) Level() int {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.level
}

// FP_setup is called before the object is shared, which only its users know.
func (o *Options) FP_setup(level int) *Options {
	o.level = level // want `o.level is written without o.mu: 3 of 4 uses hold it`
	return o
}
