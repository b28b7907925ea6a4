package good

import (
	"context"
	"errors"
	"log"
	"net/http"
	"sync"
	"sync/atomic"
)

// An Inbox is closed once: closing its channel again would panic. So what
// Accept found under the lock stays as it is.
type Inbox struct {
	mu       sync.Mutex
	letters  []string
	closeErr error
	arrived  chan struct{}
}

func NewInbox() *Inbox { return &Inbox{arrived: make(chan struct{}, 1)} }

func (b *Inbox) Accept(ctx context.Context) (string, error) {
	for {
		b.mu.Lock()
		if b.closeErr != nil {
			b.mu.Unlock()
			return "", b.closeErr
		}
		if len(b.letters) > 0 {
			letter := b.letters[0]
			b.letters = b.letters[1:]
			b.mu.Unlock()
			return letter, nil
		}
		b.mu.Unlock()
		select {
		case <-b.arrived:
		case <-ctx.Done():
			return "", ctx.Err()
		}
	}
}

func (b *Inbox) CloseWithError(err error) {
	b.mu.Lock()
	b.closeErr = err
	b.letters = nil
	b.mu.Unlock()
	close(b.arrived)
}

// The first failure of a Batch stays.
type Batch struct {
	mu      sync.Mutex
	failure error
	left    int
}

func (b *Batch) Fail(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.left--
	if b.failure == nil {
		b.failure = err
	}
}

func (b *Batch) Add() error {
	b.mu.Lock()
	if b.failure != nil {
		b.mu.Unlock()
		return b.failure
	}
	b.left++
	b.mu.Unlock()
	return nil
}

func (b *Batch) Left() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.left
}

// A stream's window may change as soon as the stream is established, which
// the goroutine that handles frames asks first.
type stream struct {
	established atomic.Bool

	mu     sync.Mutex
	window uint32
}

func (s *stream) Accept(send func(window uint32) error) error {
	window := s.window
	s.established.Store(true)
	return send(window)
}

var errEarly = errors.New("not established")

func (s *stream) Adjust(by uint32) error {
	if !s.established.Load() {
		return errEarly
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.window += by
	return nil
}

func (s *stream) Reserve(n uint32) uint32 {
	s.mu.Lock()
	defer s.mu.Unlock()
	n = min(n, s.window)
	s.window -= n
	return n
}

func (s *stream) Window() uint32 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.window
}

// A registry lists its nodes before anybody can ask it for more.
type registry struct {
	mu    sync.RWMutex
	nodes []string
}

func (r *registry) add(node string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.nodes = append(r.nodes, node)
}

func (r *registry) Serve(addr string, first []string) error {
	for _, node := range first {
		r.add(node)
	}
	log.Println(len(r.nodes), "nodes")
	mux := http.NewServeMux()
	mux.HandleFunc("/nodes", r.list)
	mux.HandleFunc("/join", r.join)
	return http.ListenAndServe(addr, mux)
}

func (r *registry) list(w http.ResponseWriter, _ *http.Request) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for _, node := range r.nodes {
		_, _ = w.Write([]byte(node))
	}
}

func (r *registry) join(_ http.ResponseWriter, req *http.Request) {
	r.add(req.FormValue("node"))
}

func (r *registry) Size() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.nodes)
}

// A Download replaces its source when the goroutine that reads it has ended.
type Download struct {
	wg sync.WaitGroup

	mu     sync.Mutex
	source *http.Response
	offset int64
}

func (d *Download) Start(into func([]byte) error) {
	d.wg.Go(func() { d.copy(into) })
}

func (d *Download) copy(into func([]byte) error) {
	buf := make([]byte, 4096)
	for {
		n, err := d.source.Body.Read(buf)
		d.mu.Lock()
		d.offset += int64(n)
		d.mu.Unlock()
		if err != nil || into(buf[:n]) != nil {
			return
		}
	}
}

func (d *Download) Size() int64 {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.source == nil {
		return 0
	}
	return d.source.ContentLength
}

func (d *Download) Status() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.source == nil {
		return "closed"
	}
	return d.source.Status
}

func (d *Download) Close() {
	d.wg.Wait()
	d.mu.Lock()
	defer d.mu.Unlock()
	d.source = nil
}

// As many functions miss the lock as hold it: what keeps them apart is
// something else.
type Streams struct {
	mu       sync.Mutex
	incoming map[int]string
	outgoing *side
	reset    bool
}

type side struct{ sent, limit int }

func NewStreams() *Streams {
	s := &Streams{}
	s.init()
	return s
}

func (s *Streams) init() {
	s.incoming = make(map[int]string)
	s.outgoing = &side{}
}

func (s *Streams) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.reset = true
	s.init()
}

func (s *Streams) Send() bool {
	s.mu.Lock()
	if s.reset {
		s.mu.Unlock()
		return false
	}
	out := s.outgoing
	s.mu.Unlock()
	out.sent++
	return out.sent < out.limit
}

func (s *Streams) Sent() int {
	s.mu.Lock()
	out := s.outgoing
	s.mu.Unlock()
	return out.sent
}

func (s *Streams) Release(n int) { s.outgoing.sent -= n }

func (s *Streams) handleLimit(n int) { s.outgoing.limit = n }

func (s *Streams) handleFrame(kind, n int) {
	if kind > 0 {
		s.handleLimit(n)
		return
	}
	s.outgoing.sent = n
}

// A reply's header is only asked for when it was sent, says its comment.
type reply struct {
	mu     sync.Mutex
	header map[string]string
	body   []string
}

func (r *reply) SetHeader(header map[string]string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.header = header
}

func (r *reply) Send(write func(map[string]string, []string)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	write(r.header, r.body)
	r.body = nil
}

func (r *reply) IsSet() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.header != nil
}

// Header returns what was sent. It doesn't block, and must not be called
// until after Send.
func (r *reply) Header() map[string]string { return r.header }
