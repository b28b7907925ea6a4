package good

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"sync"
	"sync/atomic"
)

// routes counts in variables that have a lock, or are atomic, or are set
// before the server starts.
func routes(names []string) http.Handler {
	var mu sync.Mutex
	var hits atomic.Int64
	visits := make(map[string]int)
	known := 0
	for range names {
		known++
	}
	mux := http.NewServeMux()
	mux.HandleFunc("/hello", func(w http.ResponseWriter, r *http.Request) {
		hits.Add(1)
		mu.Lock()
		defer mu.Unlock()
		visits[r.FormValue("name")]++
	})
	mux.HandleFunc("/stats", func(w http.ResponseWriter, r *http.Request) {
		mu.Lock()
		copied := make(map[string]int, len(visits))
		for name, n := range visits {
			copied[name] = n
		}
		mu.Unlock()
		_ = json.NewEncoder(w).Encode(map[string]any{"visits": copied, "hits": hits.Load(), "known": known})
	})
	return mux
}

// counted makes a handler for each request, which counts for that alone.
func counted(next http.Handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		steps := 0
		inner := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			steps++
			next.ServeHTTP(w, r)
		})
		inner(w, r)
		inner(w, r)
		fmt.Fprintln(w, steps)
	}
}

// login waits for the one request that brings the code.
func login(address string) string {
	var code string
	done := make(chan struct{})
	var once sync.Once
	http.HandleFunc("/callback", func(w http.ResponseWriter, r *http.Request) {
		code = r.FormValue("code")
		once.Do(func() { close(done) })
	})
	go func() {
		if err := http.ListenAndServe(address, nil); err != nil {
			log.Print(err)
		}
	}()
	<-done
	return code
}

// limited serves one request at a time.
func limited() http.Handler {
	turn := make(chan struct{}, 1)
	served := 0
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		turn <- struct{}{}
		defer func() { <-turn }()
		served++
		fmt.Fprintln(w, served)
	})
}

// setup counts the handlers, not the requests.
type setup struct {
	handlers int
	limit    int
}

func (s *setup) handle(name string) http.HandlerFunc {
	s.handlers++
	limit := s.limit
	return func(w http.ResponseWriter, r *http.Request) {
		if limit > 0 && len(r.URL.Path) > limit {
			http.Error(w, name, http.StatusRequestURITooLong)
		}
	}
}

var (
	redirects atomic.Pointer[map[string]string]
	greeting  string
)

func redirect(w http.ResponseWriter, r *http.Request) {
	to, ok := (*redirects.Load())[r.URL.Path]
	if !ok {
		fmt.Fprintln(w, greeting)
		return
	}
	http.Redirect(w, r, to, http.StatusFound)
}

// serveRedirects sets the greeting before anybody asks.
func serveRedirects(name string, tables <-chan map[string]string) error {
	greeting = "hello " + name
	first := <-tables
	redirects.Store(&first)
	go func() {
		for table := range tables {
			redirects.Store(&table)
		}
	}()
	http.HandleFunc("/r/", redirect)
	return http.ListenAndServe(":8080", nil)
}
