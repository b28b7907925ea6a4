package methods

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// Push after Close is the caller's mistake, in any order, and so is Close
// after Close.
type Pipe struct {
	items chan int
	quit  chan struct{}
}

func NewPipe() *Pipe { return &Pipe{make(chan int, 8), make(chan struct{})} }

func (p *Pipe) Push(v int) { p.items <- v }

func (p *Pipe) Pop() (int, bool) {
	v, ok := <-p.items
	return v, ok
}

func (p *Pipe) Close() { close(p.items) }

func (p *Pipe) Quit()     { close(p.quit) }
func (p *Pipe) Shutdown() { p.Quit() }

// A method that blocks until another is called.
type Mailbox struct {
	mu   sync.Mutex
	mail chan string
	read int
}

func NewMailbox() *Mailbox {
	m := &Mailbox{mail: make(chan string)}
	go m.clean()
	return m
}

func (m *Mailbox) clean() {
	for range time.Tick(time.Minute) {
		m.mu.Lock()
		m.read = 0
		m.mu.Unlock()
	}
}

func (m *Mailbox) Put(s string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mail <- s
}

func (m *Mailbox) Take() string { return <-m.mail }

// Run and Close at the same time.
type Service struct {
	mu     sync.Mutex
	wg     sync.WaitGroup
	stop   chan struct{}
	closed bool
	count  atomic.Int64
}

func NewService() *Service { return &Service{stop: make(chan struct{})} }

func (s *Service) Run() {
	s.wg.Add(1)
	go func() {
		defer s.wg.Done()
		for {
			select {
			case <-time.After(time.Second):
				s.count.Add(1)
			case <-s.stop:
				return
			}
		}
	}()
}

func (s *Service) Close() {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return
	}
	s.closed = true
	close(s.stop)
	s.mu.Unlock()
	s.wg.Wait()
}

func (s *Service) Kill() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.closed {
		s.closed = true
		close(s.stop)
	}
}

// A handler's value that each request has for itself.
type visit struct{ steps int }

func (v *visit) serve(w http.ResponseWriter, r *http.Request) {
	v.steps++
	w.WriteHeader(http.StatusOK)
}

func handler() http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { new(visit).serve(w, r) }
}

var hits atomic.Int64

func hit(w http.ResponseWriter, r *http.Request) { hits.Add(1) }

// Stop waits for a goroutine that lives on what others send: what comes after
// it is the caller's mistake.
type Cleaner struct {
	jobs chan func()
	wg   sync.WaitGroup
}

func NewCleaner() *Cleaner {
	c := &Cleaner{jobs: make(chan func(), 2)}
	c.wg.Add(1)
	go func() {
		defer c.wg.Done()
		for job := range c.jobs {
			job()
		}
	}()
	return c
}

func (c *Cleaner) Enqueue(job func()) { c.jobs <- job }

func (c *Cleaner) Stop() {
	close(c.jobs)
	c.wg.Wait()
}

// Done is for those whom Do has let in.
type Throttle struct {
	slots chan struct{}
	wg    sync.WaitGroup
}

func NewThrottle(n int) *Throttle { return &Throttle{slots: make(chan struct{}, n)} }

func (t *Throttle) Do() {
	t.slots <- struct{}{}
	t.wg.Add(1)
}

func (t *Throttle) Done() {
	<-t.slots
	t.wg.Done()
}

// The channel holds one token; who has it may close the channel.
type Counter struct {
	token chan int
}

func NewCounter() *Counter {
	c := &Counter{token: make(chan int, 1)}
	c.token <- 0
	return c
}

func (c *Counter) Add() bool {
	n, ok := <-c.token
	if ok {
		c.token <- n + 1
	}
	return ok
}

func (c *Counter) Close() {
	if _, ok := <-c.token; ok {
		close(c.token)
	}
}

// Initialize comes first: what it makes is needed.
type Rotator struct {
	timer *time.Timer
	seed  func() ([]byte, error)
	key   []byte
}

func (r *Rotator) Initialize() (err error) {
	r.timer = time.NewTimer(time.Hour)
	r.key, err = r.seed()
	return err
}

func (r *Rotator) Next(stop chan struct{}) <-chan []byte {
	keys := make(chan []byte, 1)
	go func() {
		for {
			select {
			case <-r.timer.C:
				key, err := r.seed()
				if err != nil {
					continue
				}
				select {
				case keys <- key:
				case <-stop:
					return
				}
			case <-stop:
				return
			}
		}
	}()
	return keys
}

// Whoever waits in Err does so beside others that take the lines.
type Lines struct {
	read  func() (string, error)
	lines chan string
	stop  chan struct{}
	once  sync.Once
	done  chan struct{}
	err   error
}

func NewLines(read func() (string, error)) *Lines {
	l := &Lines{read: read, lines: make(chan string), stop: make(chan struct{}), done: make(chan struct{})}
	go l.run()
	return l
}

func (l *Lines) Lines() <-chan string { return l.lines }

func (l *Lines) run() {
	defer close(l.done)
	defer close(l.lines)
	for {
		s, err := l.read()
		if err != nil {
			l.err = err
			return
		}
		select {
		case l.lines <- s:
		case <-l.stop:
			return
		}
	}
}

func (l *Lines) Err() error {
	<-l.done
	return l.err
}

func (l *Lines) Close() error {
	l.once.Do(func() { close(l.stop) })
	return l.Err()
}

// A server that has an address was started; who writes takes turns by TryLock.
type Front struct {
	mu     sync.Mutex
	turn   sync.Mutex
	url    string
	socket socket
	head   []byte
}

type socket interface {
	Addr() string
	Serve(head func([]byte))
}

func NewFront(s socket) *Front { return &Front{socket: s} }

func (f *Front) Start() {
	if f.url != "" {
		panic("started already")
	}
	f.url = "http://" + f.socket.Addr()
	go f.socket.Serve(func([]byte) {})
}

func (f *Front) StartTLS(wrap func(socket) socket) {
	if f.url != "" {
		panic("started already")
	}
	f.socket = wrap(f.socket)
	f.url = "https://" + f.socket.Addr()
	go f.socket.Serve(func([]byte) {})
}

// Search works for one call: who calls reads all that it answers, and then
// goes on with the tree.
type Tree struct {
	words []string
	depth int
}

func NewTree() *Tree { return &Tree{words: make([]string, 0, 8)} }

func (t *Tree) Add(word string) {
	t.words = append(t.words, word)
	t.depth++
}

func (t *Tree) Search(prefix string) <-chan string {
	found := make(chan string)
	go func() {
		for _, word := range t.words {
			if len(word) > t.depth {
				found <- prefix + word
			}
		}
		close(found)
	}()
	return found
}

// Shipper is started once: the goroutines of two starts don't meet. What it
// leaves to the context does.
type Shipper struct {
	ship   func([]string) error
	lines  chan string
	cancel context.CancelFunc
	sent   int
	wg     sync.WaitGroup
}

func NewShipper(ship func([]string) error) *Shipper { return &Shipper{ship: ship} }

func (s *Shipper) Start(ctx context.Context, r io.ReadCloser) {
	ctx, s.cancel = context.WithCancel(ctx)
	context.AfterFunc(ctx, func() { r.Close() })
	s.lines = make(chan string)
	s.wg.Add(2)
	go s.read(ctx, r)
	go s.run(ctx)
}

func (s *Shipper) read(ctx context.Context, r io.Reader) {
	defer s.wg.Done()
	for lines := bufio.NewScanner(r); lines.Scan(); {
		select {
		case s.lines <- lines.Text():
		case <-ctx.Done():
			return
		}
	}
}

func (s *Shipper) run(ctx context.Context) {
	defer s.wg.Done()
	for {
		select {
		case line := <-s.lines:
			if s.ship([]string{line}) == nil {
				s.sent++
			}
		case <-ctx.Done():
			return
		}
	}
}

func (s *Shipper) Stop() int {
	s.cancel()
	s.wg.Wait()
	return s.sent
}
