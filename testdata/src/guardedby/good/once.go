package good

import (
	"sync"
	"sync/atomic"
)

// message is set up by whoever needs it first, and never changes again: its
// methods ask for that in a helper.
type message struct {
	mu     sync.Mutex
	done   uint32
	fields []string
	names  []string
}

func (m *message) init() {
	if atomic.LoadUint32(&m.done) == 0 {
		m.initOnce()
	}
}

func (m *message) initOnce() {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.done == 1 {
		return
	}
	m.fill()
	atomic.StoreUint32(&m.done, 1)
}

func (m *message) fill() {
	m.fields = make([]string, 8)
	for i := range m.fields {
		m.fields[i] = m.names[i%len(m.names)]
	}
	if len(m.fields) > len(m.names) {
		m.fields = m.fields[:len(m.names)]
	}
}

func (m *message) field(n int) string {
	if n < len(m.fields) {
		return m.fields[n]
	}
	return ""
}

// Has looks after the set-up.
func (m *message) Has(n int) bool {
	m.init()
	return m.field(n) != ""
}

// hub's hook doesn't lock: it runs where the hub sets it off, under the lock.
type hub struct {
	mu     sync.Mutex
	onJoin func()
	joined int
}

func newHub() *hub {
	h := &hub{}
	h.onJoin = func() { h.joined++ }
	return h
}

func (h *hub) Join() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.onJoin()
}

// close holds what it has to.
//
// +checklocks:h.mu
func (h *hub) close() { h.joined = 0 }

func (h *hub) Close() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.close()
}
