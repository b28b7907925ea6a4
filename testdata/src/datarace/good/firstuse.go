package good

import (
	"net/http"
	"runtime/debug"
	"sync"
	"sync/atomic"
)

// build is the program's version, read once.
var (
	build     string
	buildOnce sync.Once
)

func version() string {
	buildOnce.Do(func() {
		if build == "" {
			if info, ok := debug.ReadBuildInfo(); ok {
				build = info.Main.Version
			}
		}
	})
	return build
}

// commit is asked for before there are goroutines.
var commit string

func revision() string {
	if commit == "" {
		commit = "unknown"
	}
	return commit
}

func init() { println(revision()) }

// zone is asked for under a lock of the package.
var (
	zoneMu sync.Mutex
	zone   string
)

func timeZone() string {
	zoneMu.Lock()
	defer zoneMu.Unlock()
	if zone == "" {
		zone = "UTC"
	}
	return zone
}

// A Link greets the other side.
type Link struct {
	send func(...string) error
	err  error
}

// Open greets in the background.
func (l *Link) Open() {
	go func() { l.err = l.send(version(), revision(), timeZone()) }()
}

// A Sheet is kept as long as somebody has a reference to it.
type Sheet struct {
	refs  atomic.Int32
	once  sync.Once
	names []string
	title string
}

// Acquire takes one more reference.
func (s *Sheet) Acquire() { s.refs.Add(1) }

// Release gives one back.
func (s *Sheet) Release() {
	if s.refs.Add(-1) == 0 {
		s.names = nil
	}
}

// Names reads the names once.
func (s *Sheet) Names() []string {
	s.once.Do(func() {
		if s.names == nil {
			s.names = []string{"a"}
		}
	})
	return s.names
}

// SetDefaults is called before others know the sheet.
func (s *Sheet) SetDefaults() {
	if s.title == "" {
		s.title = "untitled"
	}
}

// A Reader is for one goroutine at a time, although it counts what it reads.
type Reader struct {
	read atomic.Int64
	buf  []byte
}

// Read fills the buffer, which it makes at its first use.
func (r *Reader) Read() []byte {
	if r.buf == nil {
		r.buf = make([]byte, 512)
	}
	r.read.Add(int64(len(r.buf)))
	return r.buf
}

// A Page is what one request works on; a Pager isn't safe for concurrent use.
type Pager struct {
	size int
	mu   sync.Mutex
}

// Size asks once.
func (p *Pager) Size() int {
	if p.size == 0 {
		p.size = 20
	}
	return p.size
}

// A Directory is safe for concurrent use.
type Directory struct {
	mu    sync.RWMutex
	hosts []string
	start string
}

// Lookup asks the file, which it reads once.
func (r *Directory) Lookup(i int) string {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.hosts) == 0 {
		r.hosts = []string{"localhost"}
	}
	return r.hosts[i]
}

// Start says where it begins; it is called before all else.
func (r *Directory) Start() {
	if r.start == "" {
		r.start = "localhost"
	}
}

type retrier struct {
	next http.RoundTripper
}

// RoundTrip sets what belongs to the request.
func (t *retrier) RoundTrip(r *http.Request) (*http.Response, error) {
	again := r.Clone(r.Context())
	if again.Header == nil {
		again.Header = make(http.Header)
	}
	return t.next.RoundTrip(again)
}

// A feed has one goroutine, which keeps what it needs.
type feed struct {
	mu    sync.Mutex
	known map[string]int
	buf   []byte
}

// Begin starts the goroutine, once.
func (f *feed) Begin() {
	go func() {
		for {
			f.step()
		}
	}()
}

func (f *feed) step() {
	if f.buf == nil {
		f.buf = make([]byte, 64)
	}
	f.mu.Lock()
	f.known[string(f.buf)]++
	f.mu.Unlock()
}

// A tracer keeps the last request until the next one, which takes it away.
type tracer struct {
	next http.RoundTripper

	mu   sync.Mutex
	last *traced
}

type traced struct {
	req *http.Request
	err error
}

func (t *tracer) finish(err error) {
	t.mu.Lock()
	last := t.last
	t.last = nil
	t.mu.Unlock()
	if last != nil && last.err == nil && err != nil {
		last.err = err
	}
}

func (t *tracer) RoundTrip(req *http.Request) (*http.Response, error) {
	t.finish(nil)
	resp, err := t.next.RoundTrip(req)
	t.mu.Lock()
	t.last = &traced{req: req, err: err}
	t.mu.Unlock()
	return resp, err
}

func (t *tracer) Close(err error) { t.finish(err) }
