// Package fix holds handlers that a fix mends.
package fix

import (
	"log"
	"net/http"
	"net/http/httputil"
	"os"
)

func report() {
	if r := recover(); r != nil {
		log.Println(r)
	}
}

func work(f func()) {
	defer func() {
		report() // want `one call deeper`
	}()
	f()
}

func first(f func()) {
	report() // want `without defer`
	f()
}

// size returns the size of a file.
func size(path string) (int64, error) {
	defer func() {
		if r := recover(); r != nil { // want `return a nil error`
			log.Println("size:", r) // for those who watch
		}
	}()
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

func remove(path string) error {
	defer func() {
		if r := recover(); r != nil { // want `return a nil error`
			log.Println("remove:", r)
		}
	}()
	return os.Remove(path)
}

func named(path string) (failed error) {
	defer func() {
		if r := recover(); r != nil { // want `return a nil error`
			log.Println("named:", r)
		}
	}()
	return os.Remove(path)
}

func Middleware(next http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		defer func() {
			if v := recover(); v != nil { // want `recover also stops http.ErrAbortHandler`
				// the client learns of it
				http.Error(w, "broken", http.StatusInternalServerError)
			}
		}()
		next.ServeHTTP(w, r)
	}
}

var backend = &httputil.ReverseProxy{}
