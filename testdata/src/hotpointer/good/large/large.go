// Package large holds values that are better off behind a pointer, or too
// large to say so without measuring, and values that must stay in place.
package large

import (
	"math/big"
	"strings"
	"sync"
	"sync/atomic"
)

// five words
type record struct {
	name  string
	bytes []byte
}

//goconclint:hot
func records(names []string) (n int) {
	var all []*record
	for _, name := range names {
		all = append(all, &record{name: name})
	}
	for _, r := range all {
		n += len(r.name) + len(r.bytes)
	}
	return n
}

type matrix [16]float64

//goconclint:hot
func product(ms []*matrix) (trace float64) {
	for _, m := range ms {
		trace += m[0] + m[5] + m[10] + m[15]
	}
	return trace
}

// a lock, an atomic, a builder, a number with memory of its own
type guarded struct {
	mu sync.Mutex
	n  int
}

type counted struct{ n atomic.Int64 }

//goconclint:hot
func inPlace(n int) (sum int) {
	var locks []*guarded
	var counts []*counted
	var builders []*strings.Builder
	var numbers []*big.Int
	for range n {
		locks = append(locks, &guarded{})
		counts = append(counts, &counted{})
		builders = append(builders, &strings.Builder{})
		numbers = append(numbers, &big.Int{})
	}
	for _, l := range locks {
		sum += l.n
	}
	return sum + len(counts) + len(builders) + len(numbers)
}

// an empty struct takes no memory
type empty struct{}

//goconclint:hot
func nothing(n int) int {
	var all []*empty
	for range n {
		all = append(all, &empty{})
	}
	return len(all)
}

// a tree stays one
type tree struct{ left, right *tree }

type forest struct{ trees []*tree }

//goconclint:hot
func (f *forest) grow(n int) {
	for range n {
		f.trees = append(f.trees, &tree{})
	}
}
