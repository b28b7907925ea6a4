// Package fix uses sync/atomic everywhere when it is fixed.
package fix

import (
	"sync"
	"sync/atomic"
)

// Stats are shared.
type Stats struct {
	hits   int64
	misses uint32
	level  int32
}

// Hit counts.
func (s *Stats) Hit() { atomic.AddInt64(&s.hits, 1) }

// Miss counts.
func (s *Stats) Miss() { atomic.AddUint32(&s.misses, 1) }

// Level is the level.
func (s *Stats) Level() int32 { return atomic.LoadInt32(&s.level) }

// Hits reads.
func (s *Stats) Hits() int64 {
	return s.hits // want `s.hits is read`
}

// Reset writes.
func (s *Stats) Reset() {
	s.hits = 0 // want `s.hits is written`
	s.misses = 0
}

// Raise changes.
func (s *Stats) Raise(by int32) {
	s.level += by // want `s.level is written`
}

// Lower counts down, twice.
func (s *Stats) Lower() {
	s.level-- // want `s.level is written`
	s.level--
}

// More counts up.
func (s *Stats) More(total func() uint32) uint32 {
	s.misses++ // want `s.misses is written`
	return total() + s.misses
}

func sum(parts []func() int64) int64 {
	var total int64
	var wg sync.WaitGroup
	for _, part := range parts {
		wg.Go(func() { atomic.AddInt64(&total, part()) })
	}
	println(total) // want `total is read`
	wg.Wait()
	return total
}
