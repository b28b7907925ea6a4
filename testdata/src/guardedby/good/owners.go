package good

import (
	"crypto/tls"
	"encoding/json"
	"errors"
	"os"
	"sync"
)

// An agent's try-lock keeps allocations apart, and isn't for the realm.
type agent struct {
	busy  tryLock
	realm string
	calls int
}

type tryLock struct{ taken chan struct{} }

var errBusy = errors.New("busy")

func (l *tryLock) Lock() error {
	select {
	case l.taken <- struct{}{}:
		return nil
	default:
		return errBusy
	}
}

func (l *tryLock) Unlock() { <-l.taken }

func (a *agent) Allocate(realm string) error {
	if err := a.busy.Lock(); err != nil {
		return err
	}
	defer a.busy.Unlock()
	a.realm = realm
	a.calls++
	return nil
}

func (a *agent) Refresh() (string, error) {
	if err := a.busy.Lock(); err != nil {
		return "", err
	}
	defer a.busy.Unlock()
	a.calls++
	return a.realm, nil
}

func (a *agent) Realm() string { return a.realm }

// NextProtocol is for the time before the server runs, and says so.
type TLSServer struct {
	mu     sync.Mutex
	config *tls.Config
}

func (s *TLSServer) configure() {
	if s.config == nil {
		s.config = &tls.Config{}
	}
}

// NextProtocol adds a protocol. It can only be called before the server is
// started.
func (s *TLSServer) NextProtocol(name string) {
	s.configure()
	s.config.NextProtos = append(s.config.NextProtos, name)
}

func (s *TLSServer) Serve() *tls.Config {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.configure()
	return s.config.Clone()
}

func (s *TLSServer) ServeTLS(cert tls.Certificate) *tls.Config {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.configure()
	s.config.Certificates = append(s.config.Certificates, cert)
	return s.config.Clone()
}

func (s *TLSServer) HasCertificate() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.config != nil && len(s.config.Certificates) > 0
}

// The number of connections of a Limiter is set before it is used.
type Limiter struct {
	mu     sync.Mutex
	tokens chan struct{}
	calls  int
}

// SetMax sets how many calls run at a time. It should not be changed once you
// have started calling.
func (l *Limiter) SetMax(n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.tokens = make(chan struct{}, n)
}

func (l *Limiter) Begin() {
	l.mu.Lock()
	l.calls++
	limited := l.tokens != nil
	l.mu.Unlock()
	if limited {
		l.tokens <- struct{}{}
	}
}

func (l *Limiter) Calls() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.calls
}

// What a trip has recorded is sent when it has ended, and most functions that
// use it hold no lock: the lock of the trip isn't declared for it alone.
type Trip struct {
	sync.Mutex
	record
	ended bool
}

type record struct {
	duration int
	web      bool
}

func (t *Trip) SetWeb() {
	t.Lock()
	defer t.Unlock()
	if !t.ended {
		t.web = true
	}
}

func (t *Trip) End(d int) {
	t.Lock()
	defer t.Unlock()
	t.ended = true
	t.duration = d
}

func (r *record) Cost() int {
	if r.web {
		return 2 * r.duration
	}
	return r.duration
}

func (r *record) IsSlow() bool { return r.duration > 100 || r.web && r.duration > 10 }

func (t *Trip) Send(send func(cost int, slow bool)) { send(t.Cost(), t.IsSlow()) }

// A journal's writer swaps its buffer with the one that others fill.
type journal struct {
	wake chan struct{}

	mu  sync.Mutex
	buf []*entry
}

type entry struct{ text string }

func startJournal(f *os.File) *journal {
	j := &journal{wake: make(chan struct{}, 1)}
	go j.write(f)
	return j
}

func (j *journal) Add(e *entry) {
	j.mu.Lock()
	j.buf = append(j.buf, e)
	j.mu.Unlock()
	select {
	case j.wake <- struct{}{}:
	default:
	}
}

func (j *journal) Len() int {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.buf)
}

func (j *journal) write(f *os.File) {
	var buf []*entry
	for range j.wake {
		j.mu.Lock()
		full := j.buf
		j.buf = buf[:0]
		buf = full
		j.mu.Unlock()
		for i, e := range buf {
			_, _ = f.WriteString(e.text)
			buf[i] = nil
		}
	}
}

// A bitset is filled by decoders, which set all of it.
type bitset struct {
	mu    sync.RWMutex
	size  int
	words []uint64
}

func (s *bitset) Add(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.words[n/64] |= 1 << (n % 64)
}

func (s *bitset) Has(n int) bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.words[n/64]&(1<<(n%64)) != 0
}

func (s *bitset) Clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.words = make([]uint64, len(s.words))
}

func (s *bitset) Grow(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.size = n
	s.words = append(s.words, make([]uint64, n/64)...)
}

func (s *bitset) Len() int {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return len(s.words) * s.size
}

func (s *bitset) Any() bool {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for i := range s.words {
		if s.words[i] != 0 {
			return true
		}
	}
	return false
}

func (s *bitset) First() uint64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.words[0]
}

func (s *bitset) UnmarshalBinary(data []byte) error {
	if len(data) == 0 {
		s.size = 0
		s.words = nil
		return nil
	}
	s.size = len(data)
	s.words = make([]uint64, len(data))
	for i, b := range data {
		s.words[i] = uint64(b)
	}
	return nil
}

// A Ledger is encoded under its lock, by way of package json.
type Ledger struct {
	mu     sync.RWMutex
	height int
	hash   string
}

func (l *Ledger) Set(height int, hash string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.height = height
	l.hash = hash
	return l.save()
}

func (l *Ledger) save() error {
	data, err := json.Marshal(l)
	if err != nil {
		return err
	}
	return os.WriteFile("ledger.json", data, 0o600)
}

func (l *Ledger) Height() int {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.height
}

func (l *Ledger) Grow(hash string) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.height++
	l.hash = hash
	return l.save()
}

func (l *Ledger) Info() (int, string) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.height, l.hash
}

func (l *Ledger) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]any{"height": l.height, "hash": l.hash})
}

// A Planner's one goroutine holds the lock for reading where it sets what it
// alone uses: others only change the list.
type Planner struct {
	mu   sync.RWMutex
	jobs []*plannedJob
}

type plannedJob struct {
	next int
	run  func()
}

func (p *Planner) Add(run func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.jobs = append(p.jobs, &plannedJob{run: run})
}

func (p *Planner) Clear() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.jobs = nil
}

func (p *Planner) Start(ticks <-chan int) {
	go func() {
		for now := range ticks {
			if now >= p.first() {
				p.runAll(now)
			}
		}
	}()
}

func (p *Planner) first() int {
	p.mu.RLock()
	defer p.mu.RUnlock()
	first := 0
	for _, job := range p.jobs {
		first = min(first, job.next)
	}
	return first
}

func (p *Planner) runAll(now int) {
	p.mu.RLock()
	defer p.mu.RUnlock()
	for _, job := range p.jobs {
		job.run()
		job.next = now + 1
	}
}
