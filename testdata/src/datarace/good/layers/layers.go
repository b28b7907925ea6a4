// Package layers wraps handlers.
package layers

import (
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
)

type layer func(http.Handler) http.Handler

// Numbered gives each request a number.
func Numbered(prefix string) layer {
	var last atomic.Int64
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Request-Id", fmt.Sprintf("%s-%d", prefix, last.Add(1)))
			next.ServeHTTP(w, r)
		})
	}
}

// Named counts the handlers that it wraps, one after the other.
func Named(names []string) layer {
	next := 0
	return func(wrapped http.Handler) http.Handler {
		name := names[next%len(names)]
		next++
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			tries := 0
			for tries < 3 && w.Header().Get("X-Name") == "" {
				tries++
				w.Header().Set("X-Name", name)
			}
			wrapped.ServeHTTP(w, r)
		})
	}
}

// Limited lets so many through.
func Limited(limit int) layer {
	var mu sync.Mutex
	through := 0
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			mu.Lock()
			through++
			over := through > limit
			mu.Unlock()
			if over {
				http.Error(w, "too many", http.StatusTooManyRequests)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
