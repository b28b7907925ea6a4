package good

import (
	"context"
	"sync"
	"time"
)

type stage struct {
	after  time.Duration
	target int
}

// Ramping runs as many as its stages say.
type Ramping struct {
	config []stage
	steps  []stage
	scale  func(target int)
}

// NewRamping makes one.
func NewRamping(config []stage, scale func(int)) *Ramping {
	return &Ramping{config: config, scale: scale}
}

// Init computes the steps.
func (r *Ramping) Init(context.Context) error {
	r.steps = append([]stage(nil), r.config...)
	return nil
}

// Run goes through them, and returns when all have begun.
func (r *Ramping) Run(ctx context.Context) error {
	go func() {
		for _, s := range r.steps {
			select {
			case <-time.After(s.after):
				r.scale(s.target)
			case <-ctx.Done():
				return
			}
		}
	}()
	return nil
}

// A Visit is one of them.
type Visit struct {
	manager *Visits
	id      uint16
	closed  bool
	done    chan struct{}
}

// Visits has those who are there.
type Visits struct {
	sync.Mutex
	closed bool
	all    map[uint16]*Visit
}

// NewVisits makes one.
func NewVisits() *Visits { return &Visits{all: make(map[uint16]*Visit)} }

// Enter adds somebody.
func (v *Visits) Enter() *Visit {
	v.Lock()
	defer v.Unlock()
	if v.closed {
		return nil
	}
	in := &Visit{manager: v, id: uint16(len(v.all)), done: make(chan struct{})}
	v.all[in.id] = in
	return in
}

// Leave takes one out.
func (v *Visits) Leave(locked bool, id uint16) {
	if !locked {
		v.Lock()
		defer v.Unlock()
	}
	if v.closed {
		return
	}
	delete(v.all, id)
}

// End ends a visit.
func (in *Visit) End(locked bool) {
	if !locked {
		in.manager.Lock()
		defer in.manager.Unlock()
	}
	locked = true
	if in.closed {
		return
	}
	in.closed = true
	close(in.done)
	in.manager.Leave(locked, in.id)
}

// Close ends all.
func (v *Visits) Close() {
	v.Lock()
	defer v.Unlock()
	if v.closed {
		return
	}
	v.closed = true
	for _, in := range v.all {
		in.End(true)
	}
	v.all = nil
}
