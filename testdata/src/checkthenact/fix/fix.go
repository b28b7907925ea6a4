// Package fix makes one step of two.
package fix

import (
	"sync"
	"sync/atomic"
)

type hub struct {
	started atomic.Bool
	running atomic.Bool
	closed  uint32
	state   atomic.Int32
	total   atomic.Int64
	bytes   uint64
	seen    sync.Map
	done    chan struct{}
}

func (h *hub) start() {
	if h.started.Load() {
		return
	}
	h.started.Store(true) // want `h.started is set here`
	go h.run()
}

func (h *hub) run() {
	h.total.Store(h.total.Load() + 2)                           // want `h.total is stored here`
	atomic.StoreUint64(&h.bytes, atomic.LoadUint64(&h.bytes)+8) // want `h.bytes is stored here`
}

func (h *hub) stop() {
	if h.running.Load() {
		h.running.Store(false) // want `h.running is set here`
		close(h.done)
	}
}

func (h *hub) shut() {
	if atomic.LoadUint32(&h.closed) == 0 {
		atomic.StoreUint32(&h.closed, 1) // want `h.closed is set here`
		close(h.done)
	}
}

func (h *hub) next() {
	if h.state.Load() != 3 {
		return
	}
	h.state.Store(4) // want `h.state is set here`
	go h.run()
}

func (h *hub) once(id string, f func()) {
	if _, ok := h.seen.Load(id); !ok {
		h.seen.Store(id, true) // want `h.seen is set here`
		f()
	}
}
