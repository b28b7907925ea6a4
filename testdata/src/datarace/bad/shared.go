package bad

import (
	"context"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
)

type stats struct {
	mu      sync.Mutex
	served  int
	failed  int
	last    string
	healthy bool
}

func (s *stats) hit(name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.served++
	s.last = name
}

func (s *stats) fail() { s.failed++ } // want `s.failed is written here while`

func (s *stats) report() (int, int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.served, s.failed
}

type worker struct {
	jobs  chan string
	stats *stats
}

func (w *worker) run(ctx context.Context) {
	for job := range w.jobs {
		if job == "" {
			w.stats.fail()
			continue
		}
		w.stats.hit(job)
	}
}

// One side of the field holds the lock, the other doesn't.
func serve(ctx context.Context, names []string) (int, int) {
	s := &stats{}
	w := &worker{jobs: make(chan string, len(names)), stats: s}
	go w.run(ctx)
	for _, name := range names {
		w.jobs <- name
	}
	close(w.jobs)
	return s.report()
}

type poller struct {
	interval int
	state    string
	stop     chan struct{}
}

func newPoller() *poller {
	p := &poller{stop: make(chan struct{})}
	go p.loop()
	p.state = "started" // want `p.state is written here while the goroutine started at shared.go:\d+ writes it at`
	return p
}

func (p *poller) loop() {
	for {
		select {
		case <-p.stop:
			return
		default:
			p.state = "polling"
		}
	}
}

// A read that nothing protects, of what others write under the lock.
func snapshot(s *stats) string {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		s.hit("a")
	}()
	last := s.last // want `s.last is read here while the goroutine started at shared.go:\d+ writes it at shared.go:\d+ \(other side holds s.mu\)`
	wg.Wait()
	return last
}

// The write happens under the read lock, which others hold too.
type registry[K comparable, V any] struct {
	mu   sync.RWMutex
	hits int
	byID map[K]V
}

func (r *registry[K, V]) get(id K) V {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.hits++ // want `r.hits is \w+ here by all goroutines`
	return r.byID[id]
}

func lookups(ids []string) int {
	r := &registry[string, int]{byID: map[string]int{"a": 1}}
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			r.get("a")
		}()
	}
	wg.Wait()
	return r.hits
}

// Atomic on one side only.
func peek() bool {
	var ready int32
	go func() {
		atomic.StoreInt32(&ready, 1)
	}()
	return ready == 1 // want `ready is read here while the goroutine started at shared.go:\d+ atomically writes it`
}

// The callback runs on another goroutine.
func each(n int, do func(i int)) {
	for i := range n {
		go do(i)
	}
}

func biggest(values []int) int {
	most := 0
	each(len(values), func(i int) {
		if values[i] > most {
			most = values[i] // want `most is written here`
		}
	})
	return most
}

var current *http.Client

func client() *http.Client {
	if current == nil {
		current = &http.Client{} // want `current is written here`
	}
	return current
}

func warm(urls []string) {
	for _, url := range urls {
		go func() {
			resp, err := client().Get(url)
			if err == nil {
				io.Copy(io.Discard, resp.Body)
				resp.Body.Close()
			}
		}()
	}
}

func TestParallel(t *testing.T) {
	count := 0
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			count++ // want `count is \w+ here`
		})
	}
}
