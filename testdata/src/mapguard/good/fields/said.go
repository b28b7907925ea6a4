package fields

import (
	"encoding/json"
	"fmt"
	"io"
	"sort"
	"strings"
	"sync"
)

// Facts are safe for concurrent use, but for what the comments say.
type Facts struct {
	mu    sync.Mutex
	known map[string]string
	index map[string]int
}

func (f *Facts) Set(name, value string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.known[name] = value
	f.index[name] = len(f.index)
}

func (f *Facts) Get(name string) (string, int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.known[name], f.index[name]
}

// String is there for debugging, and must not be called
// concurrently with any other method.
func (f *Facts) String() string {
	var b strings.Builder
	for name, value := range f.known {
		fmt.Fprintln(&b, name, value)
	}
	return b.String()
}

// Finish is called after all workers are done. It gives the names in order.
func (f *Facts) Finish() []string {
	names := make([]string, 0, len(f.known))
	for name := range f.known {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}

// Renumber packs the index.
func (f *Facts) Renumber() {
	// Should not happen during the parallel part: it would need the lock.
	for i, name := range f.Finish() {
		f.index[name] = i
	}
}

// Forget is for testing purposes only.
func (f *Facts) Forget() { f.known = make(map[string]string) }

// A mirror's lock lies behind a pointer that is set where it is made.
type mirror struct {
	mu    *sync.RWMutex
	items map[string]string
	save  func()
}

func newMirror(w io.Writer) *mirror {
	m := &mirror{mu: &sync.RWMutex{}, items: make(map[string]string)}
	m.save = func() {
		m.dump(w)
	}
	return m
}

func (m *mirror) dump(w io.Writer) {
	m.mu.Lock()
	defer m.mu.Unlock()
	text, _ := json.Marshal(m.items)
	w.Write(text)
}

func (m *mirror) Put(name, value string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.items[name] = value
}

// Blocks take their lock by a literal that looks whether the caller has it.
type Blocks struct {
	mu     sync.Mutex
	byHash map[string]int
}

func (b *Blocks) Add(hash string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.byHash[hash]++
}

func (b *Blocks) Remove(hash string) int { return b.remove(hash, true) }

func (b *Blocks) Trim(hashes []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, hash := range hashes {
		b.remove(hash, false)
	}
}

func (b *Blocks) remove(hash string, needLock bool) int {
	lock := func() {
		if needLock {
			b.mu.Lock()
		}
	}
	unlock := func() {
		if needLock {
			b.mu.Unlock()
		}
	}
	lock()
	defer unlock()
	left := b.byHash[hash] - 1
	b.byHash[hash] = left
	return left
}

const debugPuts = false

// A pool remembers who put what, when the program is built for that.
type pool struct {
	mu      sync.Mutex
	free    []int
	lastPut map[int]string
}

func (p *pool) Put(conn int, who string) {
	p.mu.Lock()
	if len(p.free) > 0 && p.free[len(p.free)-1] == conn {
		p.mu.Unlock()
		if debugPuts {
			fmt.Println("put twice", p.lastPut[conn])
		}
		return
	}
	p.lastPut[conn] = who
	p.free = append(p.free, conn)
	p.mu.Unlock()
}

// Symbols' file numbers are made at the first need, under a lock that isn't
// there for the names that are cached on the way.
type Symbols struct {
	mu     sync.Mutex
	number map[string]int
	names  map[int]string
	data   []string
}

func (t *Symbols) Number(name string) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.number == nil {
		t.number = make(map[string]int)
		for i := range t.data {
			t.number[t.name(i)] = i
		}
	}
	return t.number[name]
}

func (t *Symbols) Name(i int) string { return t.name(i) }

func (t *Symbols) name(i int) string {
	name, ok := t.names[i]
	if !ok {
		name = strings.Clone(t.data[i])
		t.names[i] = name
	}
	return name
}

// Accounts of a configuration and those of the running server are of one
// type. The lock is for the latter, as the function shows that takes it.
type Account struct {
	mu      sync.Mutex
	clients map[string]int
	limits  map[string]int
}

type Daemon struct {
	mu       sync.Mutex
	accounts map[string]*Account
}

func (a *Account) Join(client string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.clients[client]++
}

func (a *Account) Leave(client string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.clients, client)
}

func (s *Daemon) Reconfigure(options map[string]*Account) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for name, configured := range options {
		running := s.accounts[name]
		running.mu.Lock()
		running.limits = configured.limits
		running.mu.Unlock()
		configured.clients = nil
	}
}

// A Replay is set up by Run, parts in parts of it.
type Replay struct {
	dir    string
	cancel func()
	stalls struct {
		sync.Mutex
		count map[string]int
	}
}

func (r *Replay) Run(dir string, cancel func()) {
	r.dir = dir
	r.cancel = cancel
	r.stalls.count = make(map[string]int)
}

func (r *Replay) Stalled(reason string) {
	r.stalls.Lock()
	defer r.stalls.Unlock()
	r.stalls.count[reason]++
}

// config is changed under the lock and looked at under the read lock, by one
// function that is told which.
var config = struct {
	sync.RWMutex
	values map[string]string
}{values: make(map[string]string)}

func Read(path string) string {
	config.RLock()
	defer config.RUnlock()
	return access("GET", path, "")
}

func Change(method, path, value string) string {
	config.Lock()
	defer config.Unlock()
	return access(method, path, value)
}

func access(method, path, value string) string {
	switch method {
	case "GET":
		return config.values[path]
	case "PUT":
		config.values[path] = value
	case "DELETE":
		delete(config.values, path)
	}
	return ""
}

// A Listener asks for its channels again in a goroutine, and holds the lock
// until that is done.
type Listener struct {
	mu       sync.Mutex
	channels map[string]bool
	replies  chan string
}

func (l *Listener) Listen(channel string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.channels[channel] = true
}

func (l *Listener) Unlisten(channel string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.channels, channel)
}

func (l *Listener) Connect(ask func(string) error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.resync(ask)
}

func (l *Listener) resync(ask func(string) error) error {
	done := make(chan error)
	go func() {
		for channel := range l.channels {
			if err := ask(channel); err != nil {
				done <- err
				return
			}
		}
		done <- nil
	}()
	for {
		select {
		case <-l.replies:
		case err := <-done:
			return err
		}
	}
}

// A transfer deletes files from its map in parallel, waits, and then goes
// through what is left, in a goroutine of its own.
type transfer struct {
	mu       sync.Mutex
	left     map[string]int
	checkers sync.WaitGroup
}

func newTransfer() *transfer { return &transfer{left: make(map[string]int)} }

func Transfer(names <-chan string, out chan<- string) {
	t := newTransfer()
	t.run(names, out)
}

func (t *transfer) run(names <-chan string, out chan<- string) {
	t.start(names)
	t.stop()
	t.pump(out)
}

func (t *transfer) start(names <-chan string) {
	for range 4 {
		t.checkers.Add(1)
		go t.check(names)
	}
}

func (t *transfer) check(names <-chan string) {
	defer t.checkers.Done()
	for name := range names {
		t.mu.Lock()
		delete(t.left, name)
		t.mu.Unlock()
	}
}

func (t *transfer) stop() { t.checkers.Wait() }

func (t *transfer) pump(out chan<- string) {
	go func() {
		for name := range t.left {
			out <- name
		}
		close(out)
	}()
}

// A session's services are replaced as a whole when it signs in; each map is
// complete by then.
type session struct {
	mu       sync.Mutex
	services map[string]string
}

func (s *session) SignIn(text []byte) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.services) > 0 {
		return nil
	}
	var services map[string]string
	if err := json.Unmarshal(text, &services); err != nil {
		return err
	}
	s.services = services
	return nil
}

func (s *session) SignOut() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.services = nil
}

func (s *session) Service(name string) string { return s.services[name] }

// A dispatcher is filled in by Serve, which then starts what shares it.
type dispatcher struct {
	mu    sync.Mutex
	refs  map[string]int
	root  string
	nodes []string
	next  int
}

func (d *dispatcher) Serve(root string, requests <-chan string) {
	d.root = root
	d.nodes = append(d.nodes, root)
	d.next = 1
	d.refs[root] = 1
	for request := range requests {
		go d.Hold(request)
	}
}

func (d *dispatcher) Hold(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.refs[name]++
}

func (d *dispatcher) Forget(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.refs, name)
}

// A tree's children are made by a method of theirs, when the tree is.
type children struct {
	byName map[string]*Tree
}

func (c *children) init() { c.byName = make(map[string]*Tree) }

type Tree struct {
	mu       sync.Mutex
	children children
	name     string
	parent   *Tree
	depth    int
}

func InitTree(t *Tree, name string, parent *Tree) {
	t.name = name
	t.parent = parent
	t.depth = len(name)
	t.children.init()
}

func (t *Tree) Add(child *Tree) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.children.byName[child.name] = child
}

func (t *Tree) Find(name string) *Tree {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.children.byName[name]
}

// An expiry takes a bucket out under the lock, and is then alone with it.
type expiry struct {
	mu      sync.Mutex
	buckets map[int]map[string]int
}

func (e *expiry) Add(bucket int, name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	b, ok := e.buckets[bucket]
	if !ok {
		b = make(map[string]int)
		e.buckets[bucket] = b
	}
	b[name]++
}

func (e *expiry) Remove(bucket int, name string) {
	e.mu.Lock()
	defer e.mu.Unlock()
	delete(e.buckets[bucket], name)
}

func (e *expiry) Expire(bucket int, drop func(string)) {
	e.mu.Lock()
	names := e.buckets[bucket]
	delete(e.buckets, bucket)
	e.mu.Unlock()
	for name := range names {
		drop(name)
	}
}
