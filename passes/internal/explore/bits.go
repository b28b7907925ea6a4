package explore

import "math/bits"

// A bitset is a set of small numbers.
type bitset []uint64

// newBits returns an empty set with room for numbers below n.
func newBits(n int) bitset { return make(bitset, (n+63)/64) }

func (b bitset) add(i int32)      { b[i/64] |= 1 << (i % 64) }
func (b bitset) drop(i int32)     { b[i/64] &^= 1 << (i % 64) }
func (b bitset) has(i int32) bool { return b[i/64]&(1<<(i%64)) != 0 }

// join adds the members of x and reports whether b has grown.
func (b bitset) join(x bitset) bool {
	grown := false
	for i, w := range x {
		grown = grown || w&^b[i] != 0
		b[i] |= w
	}
	return grown
}

// all yields the members in order.
func (b bitset) all() func(yield func(int32) bool) {
	return func(yield func(int32) bool) {
		for i, w := range b {
			for ; w != 0; w &= w - 1 {
				if !yield(int32(i*64 + bits.TrailingZeros64(w))) {
					return
				}
			}
		}
	}
}
