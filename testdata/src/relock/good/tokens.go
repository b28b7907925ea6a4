package good

import "sync"

// site has mounts of its own, as each of the sites that are mounted there: what
// these do is done to theirs.
type site struct {
	mounted *mountings
	paths   []string
}

type mountings struct {
	sites map[string]*site
	once  sync.Once
}

func newSite() *site { return &site{mounted: newMountings()} }

func newMountings() *mountings { return &mountings{sites: make(map[string]*site)} }

func (s *site) mount(prefix string, other *site) { s.mounted.sites[prefix] = other }

func (s *site) start() {
	s.mounted.once.Do(func() { s.collect() })
}

func (s *site) collect() {
	for prefix, other := range s.mounted.sites {
		if prefix == "" {
			continue
		}
		other.mounted.once.Do(func() { other.collect() })
		s.paths = append(s.paths, other.paths...)
	}
}

// safe returns what unlocks it from Lock.
type safe[T any] struct {
	mu   sync.Mutex
	kept T
}

type opened[T any] struct{ of *safe[T] }

func (s *safe[T]) Lock() *opened[T] {
	s.mu.Lock()
	return &opened[T]{of: s}
}

func (o *opened[T]) Kept() *T { return &o.of.kept }

func (o *opened[T]) Unlock() {
	o.of.mu.Unlock()
	o.of = nil
}

type promise struct {
	state safe[int]
	done  chan struct{}
}

// value lets go while it waits.
func (p *promise) value() int {
	s := p.state.Lock()
	switch *s.Kept() {
	case 0:
		s.Unlock()
		<-p.done
		s = p.state.Lock()
		fallthrough
	default:
		kept := *s.Kept()
		s.Unlock()
		return kept
	}
}
