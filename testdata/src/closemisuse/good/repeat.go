package good

import (
	"fmt"
	"log"
	"net/http"
	"sync"
)

// office closes its channels once.
type office struct {
	quit  chan struct{}
	again chan struct{}
	once  sync.Once
}

func (o *office) shutdown(w http.ResponseWriter, r *http.Request) {
	o.once.Do(func() { close(o.quit) })
	fmt.Fprintln(w, "good night")
}

// Who comes first closes it.
func (o *office) askFirst(w http.ResponseWriter, r *http.Request) {
	select {
	case <-o.quit:
	default:
		close(o.quit)
	}
}

// There is a new one for the next request.
func (o *office) renew(w http.ResponseWriter, r *http.Request) {
	close(o.again)
	o.again = make(chan struct{})
}

// The request's own channel.
func (o *office) wait(w http.ResponseWriter, r *http.Request) {
	ready := make(chan struct{})
	go func() { <-ready }()
	close(ready)
}

// A recover that tells.
func (o *office) stop() {
	defer func() {
		if r := recover(); r != nil {
			log.Print(r)
		}
	}()
	close(o.quit)
}

// closing says whether it was closed.
func (o *office) unlessClosing(w http.ResponseWriter, r *http.Request) {
	if o.closing() {
		return
	}
	close(o.quit)
}

func (o *office) closing() bool {
	select {
	case <-o.quit:
		return true
	default:
		return false
	}
}
