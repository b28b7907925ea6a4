package bad

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
)

// A buffer of a hundred only delays it: lines come until the reader ends, and
// the client may go away before.
func lines(r io.ReadCloser) <-chan string {
	out := make(chan string, 100)
	go func() {
		defer r.Close()
		defer close(out)
		s := bufio.NewScanner(r)
		for s.Scan() {
			out <- s.Text() // want `nobody receives from out any more: the goroutine started at buffered.go:\d+`
		}
	}()
	return out
}

type tail struct {
	open func(ctx context.Context, name string) (io.ReadCloser, error)
}

func (t *tail) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f, err := t.open(r.Context(), r.PathValue("name"))
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	for line := range lines(f) {
		if _, err := fmt.Fprintln(w, line); err != nil {
			return
		}
	}
}
