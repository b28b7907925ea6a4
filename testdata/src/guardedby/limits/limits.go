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

// With is called before the object is shared, as most methods are that write
// and never take the lock.
func (o *Options) With(level int) *Options {
	o.level = level
	return o
}

// Limits is set up by its owner, and used in so many places that its set-up
// counts as a mistake.
type Limits struct {
	mu  sync.Mutex
	max int
}

func (l *Limits) Raise() { l.mu.Lock(); l.max++; l.mu.Unlock() }
func (l *Limits) Lower() { l.mu.Lock(); l.max--; l.mu.Unlock() }
func (l *Limits) Clear() { l.mu.Lock(); l.max = 0; l.mu.Unlock() }
func (l *Limits) Twice() { l.mu.Lock(); l.max *= 2; l.mu.Unlock() }
func (l *Limits) Half()  { l.mu.Lock(); l.max /= 2; l.mu.Unlock() }
func (l *Limits) Max() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.max
}

// FP_setup is called before the object is shared, which only its users know.
func (l *Limits) FP_setup(n int) *Limits {
	l.max = n // want `l.max is written without l.mu: 6 of 7 uses hold it`
	return l
}
