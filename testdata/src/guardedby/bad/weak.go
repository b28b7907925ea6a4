package bad

import "sync"

// Ring has nothing but the list for which the lock could be.
type Ring struct {
	names []string
	l     sync.Mutex
}

func NewRing(names ...string) *Ring {
	r := &Ring{}
	r.names = names
	return r
}

func (r *Ring) install(names []string) {
	r.l.Lock()
	defer r.l.Unlock()
	r.names = append([]string(nil), names...)
}

func (r *Ring) First() string {
	r.l.Lock()
	defer r.l.Unlock()
	return r.names[0]
}

func (r *Ring) Add(name string) {
	for _, known := range r.names { // want `r.names is read without r.l: 2 of 6 uses hold it`
		if known == name {
			return
		}
	}
	r.install(append(r.names, name))
}

func (r *Ring) Drop(i int) {
	r.install(append(r.names[:i], r.names[i+1:]...)) // want `r.names is read without r.l`
}

// Service waits for what it has just read another of under the lock.
type Service struct {
	name    string
	closed  bool
	stopped chan struct{}
	err     error
	mut     sync.Mutex
}

func (s *Service) Serve(work func() error) {
	s.mut.Lock()
	s.stopped = make(chan struct{})
	s.closed = false
	s.mut.Unlock()
	err := work()
	s.mut.Lock()
	defer s.mut.Unlock()
	s.err = err
	s.finishLocked()
}

func (s *Service) Abort() {
	s.mut.Lock()
	s.closed = true
	s.finishLocked()
	s.mut.Unlock()
}

func (s *Service) finishLocked() { close(s.stopped) }

func (s *Service) Kill() {
	s.finishLocked() // want `s.finishLocked is called with no lock held: 2 of 3 calls hold s.mut`
}

func (s *Service) Done() bool {
	s.mut.Lock()
	defer s.mut.Unlock()
	select {
	case <-s.stopped:
		return true
	default:
		return s.closed
	}
}

func (s *Service) Stop() {
	s.mut.Lock()
	s.closed = true
	s.mut.Unlock()
	<-s.stopped // want `s.stopped is read without s.mut: 3 of 4 uses hold it`
}

// Sender writes under a lock that others hold at the same time.
type Sender struct {
	mu      sync.RWMutex
	tracks  []*track
	retries int
}

type track struct{ id int }

func (s *Sender) Replace(id int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tracks[0].id = id
	s.retries = 0
}

func (s *Sender) ID() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.tracks[0].id + s.retries
}

func (s *Sender) Reset() {
	s.mu.RLock()
	defer s.mu.RUnlock()
	s.retries = 0 // want `s.retries is written while s.mu is held for reading only, which others may hold at the same time`
	for _, t := range s.tracks {
		t.id = 0 // want `t.id is written while s.mu is held for reading only, which others may hold at the same time`
	}
}

// Group's members know it, and change it under its lock.
type Group struct {
	mu      sync.Mutex
	members []*Member
}

type Member struct {
	group *Group
	refs  int
}

func (g *Group) Each(do func(*Member)) {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, m := range g.members {
		do(m)
	}
}

func (g *Group) Clear() {
	g.mu.Lock()
	defer g.mu.Unlock()
	for _, m := range g.members {
		m.leave()
	}
}

func (g *Group) Len() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.members)
}

func (g *Group) Empty() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return len(g.members) == 0
}

func (m *Member) leave() {
	for i, other := range m.group.members {
		if other == m {
			m.group.members = append(m.group.members[:i], m.group.members[i+1:]...)
			return
		}
	}
}

func (g *Group) Join(m *Member) {
	g.members = append(g.members, m) // want `g.members is written without g.mu`
}

func (g *Group) Get() *Member {
	g.mu.Lock()
	m := g.firstLocked()
	g.mu.Unlock()
	m.refLocked() // want `m.refLocked is called with no lock held, as its name says one is, and 1 of 2 calls do`
	return m
}

func (g *Group) firstLocked() *Member {
	m := g.members[0]
	m.refLocked()
	return m
}

func (m *Member) refLocked() { m.refs++ }
