// Package atomic has some of the API of go.uber.org/atomic, for fixtures.
package atomic

import "sync/atomic"

// Uint32 is an atomic number.
type Uint32 struct {
	_ [0]func()
	v uint32
}

// CAS replaces an old value by a new one.
func (i *Uint32) CAS(before, after uint32) bool {
	return atomic.CompareAndSwapUint32(&i.v, before, after)
}

// Bool is an atomic truth value.
type Bool struct {
	_ [0]func()
	v Uint32
}

// NewBool makes one.
func NewBool(v bool) *Bool {
	b := &Bool{}
	if v {
		b.v.v = 1
	}
	return b
}

// CAS replaces an old value by a new one.
func (b *Bool) CAS(before, after bool) bool { return b.v.CAS(number(before), number(after)) }

// Load returns it.
func (b *Bool) Load() bool { return atomic.LoadUint32(&b.v.v) != 0 }

func number(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}
