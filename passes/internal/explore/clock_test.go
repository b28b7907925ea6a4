package explore

import (
	"math/rand"
	"slices"
	"testing"
)

// TestClockLaws: join is the least upper bound, and a tick is later.
func TestClockLaws(t *testing.T) {
	r := rand.New(rand.NewSource(1))
	random := func() clock {
		c := make(clock, r.Intn(5))
		for i := range c {
			c[i] = uint32(r.Intn(3))
		}
		return c
	}
	for range 2000 {
		a, b, c := random(), random(), random()
		ab := a.join(b)
		if !a.below(ab) || !b.below(ab) {
			t.Fatalf("%v.join(%v) = %v is no upper bound", a, b, ab)
		}
		if a.below(c) && b.below(c) && !ab.below(c) {
			t.Fatalf("%v.join(%v) = %v is not the least, %v is", a, b, ab, c)
		}
		if next := a.tick(3); !a.below(next) || next.below(a) {
			t.Fatalf("%v.tick(3) = %v is not later", a, next)
		}
		if before := slices.Clone(a); !slices.Equal(before, a) {
			t.Fatal("a clock was written")
		}
	}
}
