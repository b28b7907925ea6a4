package bad

import (
	"net/http"
	"net/http/httputil"
	"net/url"
	"sync"
)

// backend is told by the hooks of its proxy how requests went, on whichever
// goroutine the proxy runs them.
type backend struct {
	proxy *httputil.ReverseProxy

	mu      sync.Mutex
	fails   int
	lastErr error
}

func newBackend(target *url.URL) *backend {
	b := &backend{proxy: httputil.NewSingleHostReverseProxy(target)}
	b.proxy.ErrorHandler = func(w http.ResponseWriter, _ *http.Request, err error) {
		b.failed(err)
		w.WriteHeader(http.StatusBadGateway)
	}
	b.proxy.ModifyResponse = func(*http.Response) error {
		b.succeeded()
		return nil
	}
	return b
}

func (b *backend) failed(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fails++
	b.lastErr = err
}

func (b *backend) succeeded() {
	b.mu.Lock()
	b.fails, b.lastErr = 0, nil
	b.mu.Unlock()
}

func (b *backend) describe() (int, error) {
	return b.fails, b.lastErr // want `b.fails is read without b.mu: \d of \d uses hold it`
}

type balancer struct{ backends []*backend }

func (l *balancer) Add(target *url.URL) { l.backends = append(l.backends, newBackend(target)) }

func (l *balancer) Status(w http.ResponseWriter, _ *http.Request) {
	for _, b := range l.backends {
		if n, err := b.describe(); err != nil && n > 0 {
			http.Error(w, err.Error(), http.StatusServiceUnavailable)
			return
		}
	}
}

// ledger's callers hold its lock, as an annotation of the tool checklocks says.
type ledger struct {
	mu      sync.Mutex
	entries []int
}

// post adds an entry.
//
// +checklocks:l.mu
func (l *ledger) post(n int) { l.entries = append(l.entries, n) }

func (l *ledger) Sum() (sum int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, n := range l.entries {
		sum += n
	}
	return sum
}

// Post forgets the lock.
func (l *ledger) Post(n int) {
	l.post(n) // want `l.post is called with no lock held, as its comment says one is`
}
