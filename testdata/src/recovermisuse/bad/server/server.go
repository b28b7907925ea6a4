// Package server has middleware that stops more than it should.
package server

import (
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"time"
)

// Backend passes requests on.
func Backend(at *url.URL) http.Handler { return Recoverer(httputil.NewSingleHostReverseProxy(at)) }

// Recoverer answers panics of the handlers below.
func Recoverer(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil { // want `recover also stops http.ErrAbortHandler: a response that a handler below gives up looks complete to the client`
				log.Println("panic:", v)
				w.WriteHeader(http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

type Timed struct {
	handler func(http.ResponseWriter, *http.Request)
	seen    int
}

func (t *Timed) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	defer func() {
		err := recover() // want `recover also stops http.ErrAbortHandler`
		if err != nil {
			http.Error(w, http.StatusText(500), 500)
		}
		log.Println(r.URL.Path, time.Since(start), err)
	}()
	t.handler(w, r)
}
