package good

import (
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
)

// A test's resources go with it.
func TestServers(t *testing.T) {
	for _, path := range []string{"/a", "/b", "/c", "/d", "/e"} {
		srv := httptest.NewServer(http.NotFoundHandler())
		defer srv.Close()
		resp, err := http.Get(srv.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer resp.Body.Close()
		if _, err := io.ReadAll(resp.Body); err != nil {
			t.Error(err)
		}
	}
}
