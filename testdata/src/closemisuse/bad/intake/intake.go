// Package main takes orders until it is interrupted.
package main

import (
	"context"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"time"
)

type intake struct {
	orders chan string
	wg     sync.WaitGroup

	mu     sync.Mutex
	closed bool
	done   map[string]bool
}

func (in *intake) work() {
	defer in.wg.Done()
	for order := range in.orders {
		in.mu.Lock()
		in.done[order] = true
		in.mu.Unlock()
	}
}

func (in *intake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	in.mu.Lock()
	closed := in.closed
	in.mu.Unlock()
	if closed {
		http.Error(w, "closed", http.StatusServiceUnavailable)
		return
	}
	select {
	case in.orders <- r.FormValue("order"): // want `in.orders is sent on here without in.mu, under which it is closed at intake.go:\d+: a send that comes after panics`
	default:
		http.Error(w, "busy", http.StatusTooManyRequests)
	}
}

func (in *intake) close() int {
	in.mu.Lock()
	if !in.closed {
		in.closed = true
		close(in.orders)
	}
	in.mu.Unlock()
	in.wg.Wait()
	return len(in.done)
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	in := &intake{orders: make(chan string, 16), done: make(map[string]bool)}
	in.wg.Add(1)
	go in.work()
	server := &http.Server{Addr: "localhost:8080", Handler: in}
	go server.ListenAndServe()
	<-ctx.Done()
	ending, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	server.Shutdown(ending)
	println(in.close())
}
