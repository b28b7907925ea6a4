package main

import (
	"context"
	"errors"
	"log"
	"net/http"
	"time"
)

// announced tells when it is through, on a channel that it is given.
func announced(srv *http.Server, quit <-chan struct{}, idle chan<- struct{}) {
	<-quit
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = srv.Shutdown(ctx)
	close(idle)
}

func waited(quit <-chan struct{}) {
	srv := &http.Server{Addr: ":8087"}
	idle := make(chan struct{})
	go announced(srv, quit, idle)
	if err := srv.ListenAndServe(); !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
	<-idle
}

func stop(srv *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = srv.Shutdown(ctx)
}

// another has a helper stop another server than the one that it serves with.
func another(debug *http.Server, quit <-chan struct{}) error {
	srv := &http.Server{Addr: ":8088"}
	go func() {
		<-quit
		stop(debug)
	}()
	return srv.ListenAndServe()
}

// mainWaits shuts down where everybody waits for it.
func mainWaits(quit <-chan struct{}) {
	srv := &http.Server{Addr: ":8089"}
	go func() {
		if err := srv.ListenAndServe(); err != nil && !errors.Is(err, http.ErrServerClosed) {
			log.Fatal(err)
		}
	}()
	<-quit
	stop(srv)
}
