// Package fix holds servers that a fix mends.
package fix

import (
	"context"
	"log"
	"net/http"
	"time"
)

func run(srv *http.Server, stop <-chan struct{}) {
	go func() {
		log.Fatal(srv.ListenAndServe()) // want `log.Fatal ends the process`
	}()
	<-stop
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = srv.Shutdown(ctx)
}

func branch(srv *http.Server, stop <-chan struct{}) {
	go func() {
		// serves until it is told to stop
		if err := srv.ListenAndServe(); err != nil {
			log.Fatalf("serve: %v", err) // want `log.Fatalf ends the process`
		}
	}()
	<-stop
	_ = srv.Close()
}

func done(ctx context.Context, srv *http.Server) error {
	<-ctx.Done()
	limited, cancel := context.WithTimeout(ctx, time.Second)
	defer cancel()
	return srv.Shutdown(limited) // want `limited is already done`
}

func direct(ctx context.Context, srv *http.Server) error {
	<-ctx.Done()
	return srv.Shutdown(ctx) // want `ctx is already done`
}

func returned(srv *http.Server, stop <-chan struct{}) error {
	// whoever asks us to stop
	go func() {
		<-stop
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = srv.Shutdown(ctx)
	}()
	return srv.ListenAndServe() // want `doesn't wait for it to finish`
}

func compared(srv *http.Server, stop <-chan struct{}) {
	go func() {
		<-stop // told to
		_ = srv.Shutdown(context.Background())
	}()
	if err := srv.ListenAndServe(); err != http.ErrServerClosed { // want `doesn't wait for it to finish`
		log.Fatal(err)
	}
}
