// Package bad mixes sync/atomic with plain accesses.
package bad

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// A Server counts what it does.
type Server struct {
	requests int64
	errors   int64
	draining int32
	started  time.Time

	mu    sync.Mutex
	limit int64
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	atomic.AddInt64(&s.requests, 1)
	if s.draining != 0 { // want `s.draining is read here without sync/atomic while atomic.StoreInt32 changes it at server.go:\d+`
		atomic.AddInt64(&s.errors, 1)
		http.Error(w, "shutting down", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintln(w, "ok")
}

// Drain refuses further requests.
func (s *Server) Drain() { atomic.StoreInt32(&s.draining, 1) }

// Requests is a getter that forgot.
func (s *Server) Requests() int64 {
	return s.requests // want `s.requests is read here without sync/atomic while atomic.AddInt64 changes it at server.go:\d+`
}

// Reset forgets what was counted.
func (s *Server) Reset() {
	s.requests = 0 // want `s.requests is written here without sync/atomic while atomic.AddInt64 changes it`
	atomic.StoreInt64(&s.errors, 0)
}

// Report reaches the field in a function of its own.
func (s *Server) Report() string { return s.describe() }

func (s *Server) describe() string {
	return fmt.Sprint(s.errors, " errors since ", s.started) // want `s.errors is read here without sync/atomic`
}

// SetLimit holds a lock, which the readers don't.
func (s *Server) SetLimit(n int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.limit != n {
		s.limit = n // want `s.limit is written here without sync/atomic while atomic.LoadInt64 reads it`
	}
}

// Allowed reads without a lock.
func (s *Server) Allowed(n int64) bool { return n < atomic.LoadInt64(&s.limit) }
