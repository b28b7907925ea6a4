package loops

import "testing"

// build is called by the benchmark's loop.
func build(n int) (sum int) {
	var pairs []*pair
	for i := range n {
		pairs = append(pairs, &pair{i, i}) // want `pairs is a \[\]\*pair of 16-byte values built on a hot path`
	}
	for _, p := range pairs {
		sum += p.a
	}
	return sum
}

// prepare is called before it.
func prepare(n int) int {
	var pairs []*pair
	for i := range n {
		pairs = append(pairs, &pair{i, i})
	}
	return len(pairs)
}

func BenchmarkBuild(b *testing.B) {
	prepare(100)
	for b.Loop() {
		build(100)
	}
}

func BenchmarkParallel(b *testing.B) {
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			build(10)
		}
	})
}
