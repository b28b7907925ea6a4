// Package limits shows what the check doesn't see, and where it is wrong.
package limits

import (
	"context"
	"log"
	"net/http"
	"time"
)

type service struct {
	http *http.Server
	quit chan struct{}
}

// FN_Waits waits for something else than the end of Shutdown.
func FN_Waits(srv *http.Server, stop <-chan struct{}, jobs <-chan int) {
	go func() {
		<-stop
		_ = srv.Shutdown(context.Background())
	}()
	_ = srv.ListenAndServe()
	log.Println(<-jobs)
}

// FN_Copied keeps the server in two places.
func FN_Copied(s *service, srv *http.Server) {
	s.http = srv
	go func() { log.Fatal(srv.ListenAndServe()) }()
	<-s.quit
	_ = s.http.Shutdown(context.Background())
}

// FN_Branch is done on each path, by another statement on each.
func FN_Branch(ctx context.Context, srv *http.Server, quick bool) error {
	if quick {
		<-ctx.Done()
	} else {
		time.Sleep(time.Second)
		<-ctx.Done()
	}
	return srv.Shutdown(ctx)
}

// FN_Background waits for ever for clients, which is of low confidence.
func FN_Background(srv *http.Server) error { return srv.Shutdown(context.Background()) }

// FP_Ignored gives what it ends a context that it doesn't look at.
func FP_Ignored(ctx context.Context, q *queue) error {
	<-ctx.Done()
	return q.Stop(ctx) // want `ctx is already done when q.Stop is called`
}

type queue struct{ items []int }

func (q *queue) Stop(context.Context) error {
	q.items = nil
	return nil
}

// FN_Lost drops the error of a server in a goroutine, which is of low
// confidence: most of these tell how the process does.
func FN_Lost(srv, admin *http.Server) {
	go srv.ListenAndServe()
	go func() {
		log.Println("serving")
		admin.ListenAndServe()
	}()
}
