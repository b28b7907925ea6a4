package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
	"time"
)

// gracefully waits for a signal itself.
func gracefully(srv *http.Server) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	<-signals
	stop(srv)
}

func stop(server *http.Server) {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := server.Shutdown(ctx); err != nil {
		log.Println(err)
	}
}

// byLiteral hears of the signal in the goroutine.
func byLiteral() {
	srv := &http.Server{Addr: ":8085"}
	go func() {
		signals := make(chan os.Signal, 1)
		signal.Notify(signals, os.Interrupt)
		<-signals
		stop(srv)
	}()
	log.Println(srv.ListenAndServe()) // want `srv.ListenAndServe returns as soon as Shutdown is called: byLiteral doesn't wait for it to finish`
}

type daemon struct{ http *http.Server }

func (d *daemon) shut(quit <-chan struct{}) {
	<-quit
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = d.http.Shutdown(ctx)
}

// byMethod ends the server of the same field.
func (d *daemon) byMethod(quit <-chan struct{}) error {
	go d.shut(quit)
	return d.http.ListenAndServe() // want `d.http.ListenAndServe returns as soon as Shutdown is called: byMethod doesn't wait for it to finish`
}

// fatalWhenStopped has a helper stop the server.
func fatalWhenStopped(quit <-chan struct{}) {
	srv := &http.Server{Addr: ":8086"}
	go func() {
		if err := srv.ListenAndServe(); err != nil {
			log.Fatal(err) // want `log.Fatal ends the process when Shutdown is called: ListenAndServe then returns http.ErrServerClosed`
		}
	}()
	<-quit
	stop(srv)
}
