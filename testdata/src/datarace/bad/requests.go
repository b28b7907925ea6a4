package bad

import (
	"encoding/json"
	"fmt"
	"log"
	"net/http"
	"os"
	"sync"
)

// routes counts in variables that all requests share.
func routes(greeting string) http.Handler {
	visits := 0
	var names []string
	mux := http.NewServeMux()
	mux.HandleFunc("/hello", func(w http.ResponseWriter, r *http.Request) {
		name := r.FormValue("name")
		if name == "" {
			http.Error(w, "who?", http.StatusBadRequest)
			return
		}
		visits++                    // want `visits is written here while`
		names = append(names, name) // want `names is (written|read) here while`
		fmt.Fprintln(w, greeting, name)
	})
	mux.Handle("/stats", adminOnly(func(w http.ResponseWriter, r *http.Request) {
		_ = json.NewEncoder(w).Encode(map[string]any{"visits": visits, "names": names})
	}))
	return mux
}

func adminOnly(next http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			http.Error(w, "forbidden", http.StatusForbidden)
			return
		}
		next(w, r)
	})
}

// A gallery makes its handlers by methods.
type gallery struct {
	mu     sync.Mutex
	images map[string][]byte
	served int64
}

func (g *gallery) handleImage() http.HandlerFunc {
	misses := 0
	return func(w http.ResponseWriter, r *http.Request) {
		g.served++ // want `g.served is written here while`
		g.mu.Lock()
		image, ok := g.images[r.URL.Path]
		g.mu.Unlock()
		if !ok {
			misses++ // want `misses is written here while`
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(image)
	}
}

// listen never returns from ListenAndServe, during which the requests come.
func listen(address string) {
	requests := 0
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		requests++ // want `requests is written here by all goroutines started at`
		fmt.Fprintln(w, requests)
	})
	log.Fatal(http.ListenAndServe(address, nil))
}

// redirects is read again whenever the process is told to.
var redirects map[string]string

func loadRedirects(path string) error {
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	loaded := make(map[string]string)
	if err := json.Unmarshal(text, &loaded); err != nil {
		return err
	}
	redirects = loaded // want `redirects is written here while`
	return nil
}

func redirect(w http.ResponseWriter, r *http.Request) {
	to, ok := redirects[r.URL.Path]
	if !ok {
		http.NotFound(w, r)
		return
	}
	http.Redirect(w, r, to, http.StatusFound)
}

func serveRedirects(path string, again <-chan struct{}) error {
	if err := loadRedirects(path); err != nil {
		return err
	}
	go func() {
		for range again {
			if err := loadRedirects(path); err != nil {
				log.Print(err)
			}
		}
	}()
	http.HandleFunc("/r/", redirect)
	return http.ListenAndServe(":8080", nil)
}
