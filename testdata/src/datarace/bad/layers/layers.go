// Package layers wraps handlers.
package layers

import (
	"fmt"
	"net/http"
	"time"
)

type layer func(http.Handler) http.Handler

// Numbered gives each request a number.
func Numbered(prefix string) layer {
	var last int
	return func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			last++ // want `last is written here while another goroutine reads it`
			w.Header().Set("X-Request-Id", fmt.Sprintf("%s-%d", prefix, last))
			next.ServeHTTP(w, r)
		})
	}
}

// Limited lets so many through in a minute, for each handler it wraps.
func Limited(limit int) layer {
	return func(next http.Handler) http.Handler {
		var begun time.Time
		through := 0
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if now := time.Now(); now.Sub(begun) > time.Minute {
				begun, through = now, 0 // want `begun is written here while another goroutine reads it` `through is written here while another goroutine reads it`
			}
			if through++; through > limit {
				http.Error(w, "too many", http.StatusTooManyRequests)
				return
			}
			next.ServeHTTP(w, r)
		})
	}
}
