// Command api waits for its server's end.
package main

import (
	"context"
	"errors"
	"log"
	"net/http"
	"os"
	"os/signal"
	"sync"
	"time"
)

func main() {
	srv := &http.Server{Addr: ":8080"}
	idle := make(chan struct{})
	go func() {
		signals := make(chan os.Signal, 1)
		signal.Notify(signals, os.Interrupt)
		<-signals
		if err := srv.Shutdown(context.Background()); err != nil {
			log.Println(err)
		}
		close(idle)
	}()
	if err := srv.ListenAndServe(); err != http.ErrServerClosed {
		log.Fatal(err)
	}
	<-idle
}

func grouped(stop <-chan struct{}) {
	srv := &http.Server{Addr: ":8081"}
	var wg sync.WaitGroup
	defer wg.Wait()
	wg.Add(1)
	go func() {
		defer wg.Done()
		<-stop
		_ = srv.Close()
	}()
	if err := srv.ListenAndServe(); err != nil && !errors.Is(err, http.ErrServerClosed) {
		log.Fatal(err)
	}
}

// endless is never told to stop.
func endless() {
	srv := &http.Server{Addr: ":8082", ReadTimeout: time.Second}
	log.Fatal(srv.ListenAndServe())
}

// closed ends it when it is over.
func closed() {
	srv := &http.Server{Addr: ":8083"}
	defer srv.Close()
	if err := srv.ListenAndServe(); err != nil {
		panic(err)
	}
}

// other is another server than the one that is shut down.
func other(debug *http.Server, stop <-chan struct{}) {
	srv := &http.Server{Addr: ":8084"}
	go func() {
		<-stop
		_ = debug.Shutdown(context.Background())
	}()
	log.Fatal(srv.ListenAndServe())
}

func profiling() {
	go http.ListenAndServe("localhost:6060", nil)
	go func() { log.Println(http.ListenAndServe("localhost:6061", nil)) }()
	go func() { _ = http.ListenAndServe("localhost:6062", http.NotFoundHandler()) }()
}
