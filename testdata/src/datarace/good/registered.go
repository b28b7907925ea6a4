package good

import (
	"bufio"
	"net"
	"sync"
	"time"
)

// A seat is filled in before others know it, and after they can't find it any
// more; what changes in between has the hall's lock.
type seat struct {
	name    string
	since   time.Time
	spoken  int
	summary string
	drafts  int
	bye     string
	gone    chan struct{}
}

type hall struct {
	mu    sync.Mutex
	seats map[string]*seat
	queue []*ticket
}

func (h *hall) Serve(name string, conn net.Conn) string {
	s := &seat{name: name, gone: make(chan struct{})}
	s.since = time.Now()
	h.mu.Lock()
	h.seats[name] = s
	h.mu.Unlock()
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		h.mu.Lock()
		s.spoken++
		h.mu.Unlock()
		s.drafts++ // nobody else looks
	}
	<-s.gone // whoever sets bye closes it
	text := s.bye
	h.mu.Lock()
	delete(h.seats, name)
	h.mu.Unlock()
	s.summary = text
	return s.summary
}

func (h *hall) Names() (list []string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, s := range h.seats {
		list = append(list, s.name, s.since.String(), s.summary)
		s.spoken = max(s.spoken, 1)
	}
	return list
}

func (h *hall) Dismiss(name, bye string) {
	h.mu.Lock()
	s := h.seats[name]
	h.mu.Unlock()
	if s != nil {
		s.bye = bye
		close(s.gone)
	}
}

// A ticket is answered by whoever takes it out of the queue.
type ticket struct {
	what   string
	answer string
	done   chan struct{}
}

func (h *hall) Ask(what string) string {
	t := &ticket{what: what, done: make(chan struct{})}
	h.mu.Lock()
	h.queue = append(h.queue, t)
	h.mu.Unlock()
	<-t.done
	return t.answer
}

func (h *hall) take() []*ticket {
	h.mu.Lock()
	defer h.mu.Unlock()
	list := h.queue
	h.queue = nil
	return list
}

func (h *hall) Work(answer func(what string) string) {
	for _, t := range h.take() {
		t.answer = answer(t.what)
		close(t.done)
	}
}

// Each goroutine changes its own meter; a lock of the meter's lies beside it
// where both do.
type meter struct {
	own int

	mu    sync.Mutex
	total int
}

func (m *meter) add(n int) {
	m.own += n
	m.mu.Lock()
	m.total += n
	m.mu.Unlock()
}

type meters struct {
	mu  sync.Mutex
	all map[int]*meter
}

func (s *meters) Run(id int, next func() int) {
	m := &meter{}
	s.mu.Lock()
	s.all[id] = m
	s.mu.Unlock()
	for n := next(); n > 0; n = next() {
		m.add(n)
	}
}

func (s *meters) Total() (total int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, m := range s.all {
		m.mu.Lock()
		total += m.total
		m.mu.Unlock()
	}
	return total
}

// Relay sits where the speaker sat before: the two captured variables are set
// to each other, and the search for where the seat goes ends all the same.
func (h *hall) Relay(names []string, rounds int) int {
	now, before := &seat{name: names[0]}, &seat{name: names[0]}
	swap := func() { now, before = before, now }
	for range rounds {
		now = before
		before = now
		now.spoken++
		swap()
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return now.spoken + len(h.seats)
}
