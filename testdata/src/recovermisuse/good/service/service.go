// Package service answers panics of its handlers, none of which gives a
// response up.
package service

import (
	"log/slog"
	"net/http"
	"runtime/debug"
)

// Protect answers with an error page when next panics.
func Protect(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				log.Error("handler panicked", "value", v, "stack", string(debug.Stack()))
				http.Error(w, "internal error", http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

type preview struct {
	load func(path string) ([]byte, error)
}

func (p *preview) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	text, err := p.load(r.URL.Path)
	if err != nil {
		http.NotFound(w, r)
		return
	}
	_, _ = w.Write(text)
}

// Handler returns the preview server.
func Handler(log *slog.Logger, load func(path string) ([]byte, error)) http.Handler {
	return Protect(log, &preview{load: load})
}
