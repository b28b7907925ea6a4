// Package responder serves the tests of other packages.
package responder

import (
	"net/http"
	"testing"
)

// Start serves until the test's process ends.
func Start(t *testing.T, handler http.Handler) *http.Server {
	t.Helper()
	srv := &http.Server{Addr: "localhost:8090", Handler: handler}
	go srv.ListenAndServe()
	return srv
}
