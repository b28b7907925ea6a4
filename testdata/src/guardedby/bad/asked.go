package bad

import (
	"sync"
	"sync/atomic"
	"time"
)

// A view's settings may be replaced at any time. That a reader has asked a
// counter, or waited for something else, before it looks at them doesn't tell it
// of that.
type view struct {
	id     int64
	loaded chan struct{}

	settingsMu sync.Mutex
	settings   *settings

	dirsMu sync.Mutex
	dirs   []string
}

type settings struct {
	verbose bool
	env     []string
	limit   int
}

var loads int64

// A snapshot belongs to a view.
type snapshot struct {
	view *view
	mu   sync.Mutex
	n    int
}

func NewSnapshot(dirs []string) *snapshot {
	v := &view{loaded: make(chan struct{}), settings: &settings{limit: 3}, dirs: dirs}
	return &snapshot{view: v}
}

func (v *view) Settings() *settings {
	v.settingsMu.Lock()
	defer v.settingsMu.Unlock()
	return v.settings
}

func (s *snapshot) Configure(next *settings) {
	s.view.settingsMu.Lock()
	s.view.settings = next
	s.view.settingsMu.Unlock()
}

func (s *snapshot) Env() []string {
	s.view.settingsMu.Lock()
	defer s.view.settingsMu.Unlock()
	return append([]string(nil), s.view.settings.env...)
}

func (s *snapshot) Verbose() bool {
	s.view.settingsMu.Lock()
	defer s.view.settingsMu.Unlock()
	return s.view.settings.verbose
}

func (s *snapshot) Load() (int64, int) {
	id := atomic.AddInt64(&loads, 1)
	limit := s.view.settings.limit // want `s.view.settings is read without s.view.settingsMu: 4 of 6 uses hold it`
	return id, limit
}

func (s *snapshot) Await() bool {
	<-s.view.loaded
	return s.view.settings == nil // want `s.view.settings is read without s.view.settingsMu: 4 of 6 uses hold it`
}

// A task tells who wants to know when it has ended.
type Task struct {
	mu     sync.Mutex
	name   string
	Ended  bool
	end    time.Time
	hooks  []func()
	failed error
}

// Tasks are kept until they have ended.
type Tasks struct {
	mu  sync.Mutex
	all map[string]*Task
}

func (t *Task) finish(err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.end = time.Now()
	if err != nil {
		t.failed = err
	} else {
		t.failed = nil
	}
	t.Ended = true
	for _, hook := range t.hooks {
		go hook()
	}
}

func (t *Task) addHook(hook func()) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.hooks = append(t.hooks, hook)
}

func (t *Task) OnEnd(hook func()) {
	if t.Ended { // want `t.Ended is read without t.mu: 2 of 3 uses hold it`
		hook()
	} else {
		t.addHook(hook)
	}
}

// WhenEnded is one of the functions by which other packages ask.
var WhenEnded = func(t *Task, hook func()) { t.OnEnd(hook) }

func (l *Tasks) Start(name string, run func() error) {
	t := &Task{name: name}
	l.mu.Lock()
	l.all[name] = t
	l.mu.Unlock()
	go func() { t.finish(run()) }()
}

func (l *Tasks) Sweep(old time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for name, t := range l.all {
		t.mu.Lock()
		if t.Ended && time.Since(t.end) > old {
			delete(l.all, name)
		}
		t.mu.Unlock()
	}
}

// Roster look at each other's state under one lock.
type Roster struct {
	lock   sync.RWMutex
	byName map[string]*mate
	timers map[string]*expiry
}

type mate struct {
	version uint32
	state   int
	changed time.Time
}

type expiry struct {
	fire  func()
	timer *time.Timer
	count int32
}

func newExpiry(after time.Duration, fn func(count int)) *expiry {
	e := &expiry{}
	e.fire = func() { fn(int(atomic.LoadInt32(&e.count))) }
	e.timer = time.AfterFunc(after, e.fire)
	return e
}

func (p *Roster) Alive(name string, version uint32) {
	p.lock.Lock()
	defer p.lock.Unlock()
	peer := p.byName[name]
	if peer == nil || version <= peer.version {
		return
	}
	peer.version = version
	peer.state = 1
	peer.changed = time.Now()
}

func (p *Roster) Version(name string) uint32 {
	p.lock.RLock()
	defer p.lock.RUnlock()
	if peer := p.byName[name]; peer != nil {
		return peer.version
	}
	return 0
}

func (p *Roster) Suspect(name string, dead func(version uint32)) {
	p.lock.Lock()
	defer p.lock.Unlock()
	at := time.Now()
	fn := func(count int) {
		p.lock.RLock()
		peer, ok := p.byName[name]
		late := ok && peer.state == 2 && peer.changed == at
		p.lock.RUnlock()
		if late && count > 0 {
			dead(peer.version) // want `peer.version is read after p.lock was released: 3 of 4 uses hold it`
		}
	}
	p.timers[name] = newExpiry(time.Second, fn)
}
