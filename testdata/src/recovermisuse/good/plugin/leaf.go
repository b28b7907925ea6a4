// Package plugin has handlers below which there is no other one.
package plugin

import (
	"log"
	"net/http"
)

type page struct{ rows []string }

func (p *page) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	defer func() {
		if v := recover(); v != nil {
			http.Error(w, "no such row", http.StatusNotFound)
		}
	}()
	_, _ = w.Write([]byte(p.rows[len(r.URL.Path)]))
}

// All panics again, and so lets everything pass.
func All(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil {
				log.Println(v)
				panic(v)
			}
		}()
		next.ServeHTTP(w, r)
	})
}
