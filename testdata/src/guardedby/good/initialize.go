package good

import "sync"

type producer struct{ rate int }

func (p *producer) feed(n int) { p.rate += n }

// Inbound is made when somebody connects, and told what comes before it does.
type Inbound struct {
	mu    sync.Mutex
	sdp   string
	audio *producer
	video *producer
}

// InitWithSdp is told what comes.
func (s *Inbound) InitWithSdp(sdp string) {
	s.mu.Lock()
	s.sdp = sdp
	s.mu.Unlock()
	s.audio = &producer{}
	s.video = &producer{}
}

// Audio takes a packet.
func (s *Inbound) Audio(b []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.audio.feed(len(b))
}

// Video takes one, too.
func (s *Inbound) Video(b []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.video.feed(len(b))
}

type rule struct {
	tag   string
	close func()
}

// Router has rules that are read from a file, and may be changed later.
type Router struct {
	strategy string
	hooks    map[string]string

	mu    sync.RWMutex
	rules []*rule
}

// Init is what comes first.
func (r *Router) Init(strategy string, hooks map[string]string, build func(hook string) (*rule, error)) error {
	r.strategy = strategy
	r.hooks = hooks
	r.rules = make([]*rule, 0, len(hooks))
	for _, hook := range hooks {
		made, err := build(hook)
		if err != nil {
			r.closeRules()
			return err
		}
		r.rules = append(r.rules, made)
	}
	return nil
}

func (r *Router) closeRules() {
	for _, known := range r.rules {
		known.close()
	}
}

// Add adds one.
func (r *Router) Add(added *rule) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.rules = append(r.rules, added)
}

// Remove takes one out.
func (r *Router) Remove(tag string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	var rest []*rule
	for _, known := range r.rules {
		if known.tag != tag {
			rest = append(rest, known)
		}
	}
	r.rules = rest
}

// Tags lists them.
func (r *Router) Tags() []string {
	r.mu.RLock()
	defer r.mu.RUnlock()
	var tags []string
	for _, known := range r.rules {
		tags = append(tags, known.tag)
	}
	return tags
}

// Count counts them.
func (r *Router) Count() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.rules)
}

// Close closes them.
func (r *Router) Close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.closeRules()
}
