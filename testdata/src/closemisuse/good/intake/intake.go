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
	defer in.mu.Unlock()
	if in.closed {
		http.Error(w, "closed", http.StatusServiceUnavailable)
		return
	}
	select {
	case in.orders <- r.FormValue("order"):
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

// A feed is closed by main when all who feed it have ended.
type feed struct {
	mu    sync.Mutex
	fed   int
	lines chan string
}

func (f *feed) send(line string) {
	f.mu.Lock()
	f.fed++
	f.mu.Unlock()
	f.lines <- line
}

func (f *feed) close() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	close(f.lines)
	return f.fed
}

func feedAll(names []string) {
	f := &feed{lines: make(chan string, len(names))}
	var wg sync.WaitGroup
	for _, name := range names {
		wg.Add(1)
		go func() {
			defer wg.Done()
			f.send(name)
		}()
	}
	wg.Wait()
	println(f.close())
}

func main() {
	feedAll(os.Args)
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
