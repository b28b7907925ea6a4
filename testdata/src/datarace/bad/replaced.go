package bad

import (
	"context"
	"net"
	"net/http"
)

// admin is the server of the present configuration.
var admin *http.Server

// Reload starts a server for a new configuration, and ends the old one when
// that one has given its answers.
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
	admin = &http.Server{Handler: routes}
	go func() {
		if err := admin.Serve(listener); err != http.ErrServerClosed { // want `admin is read here while another call of Reload may replace it at replaced.go:25 \(no common lock\)`
			println(err.Error())
		}
	}()
	return nil
}
