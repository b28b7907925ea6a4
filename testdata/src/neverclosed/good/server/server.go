// Command server has workers that live as long as it does.
package main

import (
	"log"
	"net"
	"net/http"
	"os"
	"sync"
)

var events = make(chan string, 100)

func init() {
	go func() {
		for e := range events {
			log.Print(e)
		}
	}()
}

type hub struct {
	jobs  chan net.Conn
	names chan string
}

var std = newHub()

func newHub() *hub {
	h := &hub{jobs: make(chan net.Conn), names: make(chan string)}
	go h.work()
	return h
}

func (h *hub) work() {
	for conn := range h.jobs {
		conn.Close()
	}
}

func main() {
	requests := make(chan string)
	for range 4 {
		go func() {
			for r := range requests {
				log.Print(r)
			}
		}()
	}
	go func() {
		for name := range std.names {
			events <- name
		}
	}()
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { requests <- r.URL.Path })
	for _, arg := range os.Args {
		requests <- arg
		std.names <- arg
	}
	serve()
}

func serve() {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		log.Fatal(err)
	}
	conns := make(chan net.Conn)
	go accept(l, conns)
	for conn := range conns {
		std.jobs <- conn
	}
}

// accept never returns: nor does the loop over what it sends.
func accept(l net.Listener, conns chan<- net.Conn) {
	for {
		if conn, err := l.Accept(); err == nil {
			conns <- conn
		}
	}
}

// A stopper's loop ends on another channel.
type stopper struct {
	jobs, quit chan int
	wg         sync.WaitGroup
}

func (s *stopper) start() {
	s.jobs, s.quit = make(chan int), make(chan int)
	s.wg.Go(func() {
		for {
			select {
			case job, ok := <-s.jobs:
				if !ok {
					return
				}
				log.Print(job)
			case <-s.quit:
				return
			}
		}
	})
	s.jobs <- 1
	close(s.quit)
	s.wg.Wait()
}

var _ = (*stopper).start
