// Package handlers holds servers whose handlers write maps.
package handlers

import (
	"context"
	"fmt"
	"net/http"
	"sync"
)

var visits = make(map[string]int)

func count(w http.ResponseWriter, r *http.Request) {
	visits[r.URL.Path]++ // want `map visits is written here by concurrent handlers without a lock`
	fmt.Fprintln(w, visits[r.URL.Path])
}

// Server keeps sessions.
type Server struct {
	sessions map[string]string
	mu       sync.Mutex
	users    map[string]int
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.Method {
	case http.MethodPost:
		s.login(r.FormValue("id"), r.FormValue("user"))
	case http.MethodDelete:
		delete(s.sessions, r.FormValue("id")) // want `map s.sessions is written here by concurrent handlers without a lock`
	}
	s.mu.Lock()
	s.users[r.FormValue("user")]++
	s.mu.Unlock()
}

func (s *Server) login(id, user string) {
	s.sessions[id] = user // want `map s.sessions is written here by concurrent handlers without a lock`
}

// Limit is a middleware with a map of its own.
func Limit(next http.Handler) http.Handler {
	seen := make(map[string]int)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen[r.RemoteAddr]++ // want `map seen is written here by concurrent handlers without a lock`
		if seen[r.RemoteAddr] > 10 {
			http.Error(w, "slow down", http.StatusTooManyRequests)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func main() {
	hits := map[string]int{}
	http.HandleFunc("/count", count)
	http.HandleFunc("/hit", func(w http.ResponseWriter, r *http.Request) {
		hits[r.URL.Path]++ // want `map hits is written here by concurrent handlers without a lock`
	})
	http.Handle("/", Limit(&Server{sessions: map[string]string{}}))
	_ = http.ListenAndServe("localhost:8080", nil)
}

// UnimplementedStoreServer is what protoc-gen-go-grpc makes.
type UnimplementedStoreServer struct{}

type PutRequest struct{ Key, Value string }

type PutResponse struct{}

type store struct {
	UnimplementedStoreServer
	data map[string]string
}

func (s *store) Put(ctx context.Context, req *PutRequest) (*PutResponse, error) {
	s.data[req.Key] = req.Value // want `map s.data is written here by concurrent handlers without a lock`
	return &PutResponse{}, nil
}
