package bad

import (
	"log"
	"sync/atomic"
)

type backend struct {
	name    string
	pending *int32
}

// A picker is called for every request.
type picker struct {
	backends []*backend
	next     uint32
	misses   uint64
}

func newPicker(names []string) *picker {
	p := &picker{}
	for _, name := range names {
		p.backends = append(p.backends, &backend{name: name, pending: new(int32)})
	}
	return p
}

// Pick throws the result of its Add away.
func (p *picker) Pick() *backend {
	for range p.backends {
		atomic.AddUint32(&p.next, 1)
		b := p.backends[p.next%uint32(len(p.backends))] // want `p.next is read here without sync/atomic while atomic.AddUint32 changes it`
		if atomic.LoadInt32(b.pending) == 0 {
			return b
		}
	}
	atomic.AddUint64(&p.misses, 1)
	return nil
}

// Least compares what others count, behind a pointer.
func (p *picker) Least() *backend {
	best := p.backends[0]
	for _, b := range p.backends[1:] {
		if *b.pending < *best.pending { // want `\*b.pending is read here without sync/atomic while atomic.AddInt32 changes it`
			best = b
		}
	}
	atomic.AddInt32(best.pending, 1)
	return best
}

// Release is called when a request is done.
func (p *picker) Release(b *backend) { atomic.AddInt32(b.pending, -1) }

// Log reads two of them: one mistake.
func (p *picker) Log() {
	log.Println("picked", p.next, "times, missed", p.misses) // want `p.next is read here without sync/atomic while atomic.AddUint32 changes it`
}

// share is one backend of a ring; the counter is shared by all rings.
type share struct {
	addr    string
	pending *int64
}

type ring struct{ shares []share }

// Pick looks at copies of the shares, whose counters are the same.
func (r *ring) Pick(draw func(int) int) (string, func()) {
	var best *share
	for range 2 {
		candidate := r.shares[draw(len(r.shares))]
		if best == nil || *candidate.pending < *best.pending { // want `\*candidate.pending is read here without sync/atomic while atomic.AddInt64 changes it`
			best = &candidate
		}
	}
	atomic.AddInt64(best.pending, 1)
	return best.addr, func() { atomic.AddInt64(best.pending, -1) }
}
