// Package server has handlers that panics may end in.
package server

import (
	"errors"
	"log"
	"net/http"
)

// Recoverer lets go what isn't its own.
func Recoverer(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if err, ok := v.(error); ok && errors.Is(err, http.ErrAbortHandler) {
				panic(v)
			}
			log.Println(v)
		}()
		next.ServeHTTP(w, r)
	})
}
