package good

import (
	"context"
	"net"
	"net/http"
	"sync"
)

// admin is the server of the present configuration.
var (
	admin    *http.Server
	status   *http.Server
	profiles *http.Server
	ended    sync.WaitGroup
)

// Reload hands the goroutine what it serves with.
func Reload(addr string, routes http.Handler) error {
	old := admin
	defer func() {
		if old != nil {
			go old.Shutdown(context.Background())
		}
	}()
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: routes}
	admin = server
	go func() {
		if err := server.Serve(listener); err != http.ErrServerClosed {
			println(err.Error())
		}
	}()
	return nil
}

// ReloadStatus ends the old server first.
func ReloadStatus(addr string, routes http.Handler) error {
	if old := status; old != nil {
		if err := old.Close(); err != nil {
			return err
		}
		ended.Wait()
	}
	listener, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	status = &http.Server{Handler: routes}
	ended.Go(func() {
		if err := status.Serve(listener); err != http.ErrServerClosed {
			println(err.Error())
		}
	})
	return nil
}

// Debug is called once.
func Debug(listener net.Listener, routes http.Handler) {
	profiles = &http.Server{Handler: routes}
	go func() {
		if err := profiles.Serve(listener); err != http.ErrServerClosed {
			println(err.Error())
		}
	}()
}
