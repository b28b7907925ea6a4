package bad

import (
	"fmt"
	"net/http"
	"sync/atomic"
)

// site is shut down over the network.
type site struct {
	quit  chan struct{}
	done  chan struct{}
	state atomic.Int32
}

func (s *site) shutdown(w http.ResponseWriter, r *http.Request) {
	fmt.Fprintln(w, "good night")
	close(s.quit) // want `s.quit is closed here by each request: the second one panics`
}

// Stop believes that nobody else looks at the state meanwhile.
func (s *site) Stop() {
	if s.state.Load() == 1 {
		defer func() {
			_ = recover()
		}()
		close(s.done) // want `s.done is closed here more than once, and recover at repeat.go:\d+ hides the panic`
	}
}

// quitHandler looks at the request alone.
func (s *site) quitHandler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			w.WriteHeader(http.StatusMethodNotAllowed)
			return
		}
		w.WriteHeader(http.StatusOK)
		close(s.quit) // want `s.quit is closed here by each request: the second one panics`
	})
}
