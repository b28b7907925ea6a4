// Command proxy passes requests on.
package main

import (
	"log"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
)

// guarded stands above a proxy, which gives a response up when the backend
// breaks off in its middle.
func guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil { // want `recover also stops http.ErrAbortHandler`
				log.Println("panic:", v)
				w.WriteHeader(http.StatusBadGateway)
			}
		}()
		next.ServeHTTP(w, r)
	})
}

func main() {
	backend, err := url.Parse(os.Getenv("BACKEND"))
	if err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(":8091", guarded(httputil.NewSingleHostReverseProxy(backend))))
}
