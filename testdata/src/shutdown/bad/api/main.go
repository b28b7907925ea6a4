// Command api serves and is stopped by a signal.
package main

import (
	"context"
	"log"
	"net/http"
	"os"
	"os/signal"
	"time"
)

func main() {
	srv := &http.Server{Addr: ":8080"}
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt)
	go func() {
		<-signals
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		if err := srv.Shutdown(ctx); err != nil {
			log.Println(err)
		}
	}()
	if err := srv.ListenAndServe(); err != http.ErrServerClosed { // want `srv.ListenAndServe returns as soon as Shutdown is called: main doesn't wait for it to finish`
		log.Fatal(err)
	}
	log.Println("bye")
}

// serve takes the end for a failure.
func serve(stop <-chan struct{}) {
	srv := &http.Server{Addr: ":8081"}
	go func() {
		log.Fatal(srv.ListenAndServe()) // want `log.Fatal ends the process when Shutdown is called: ListenAndServe then returns http.ErrServerClosed`
	}()
	<-stop
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	_ = srv.Shutdown(ctx)
}

func serveTLS(stop <-chan struct{}, cert, key string) {
	srv := &http.Server{Addr: ":8443"}
	go func() {
		err := srv.ListenAndServeTLS(cert, key)
		if err != nil {
			panic(err) // want `panic ends the process when Close is called: ListenAndServeTLS then returns http.ErrServerClosed`
		}
	}()
	<-stop
	_ = srv.Close()
}
