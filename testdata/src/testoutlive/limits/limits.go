package limits

import (
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"time"
)

// FN_Client: the server's end makes the request fail, but it isn't followed.
func FN_Client(t *testing.T) {
	srv := httptest.NewServer(http.NotFoundHandler())
	defer srv.Close()
	go func() {
		if _, err := http.Get(srv.URL); err != nil {
			t.Error(err)
		}
	}()
}

// FN_Resource: only t is followed, not what else ends with the test.
func FN_Resource(t *testing.T) {
	dir := t.TempDir()
	go func() {
		time.Sleep(time.Second)
		os.WriteFile(dir+"/late", nil, 0o600)
	}()
}

type suite struct{ t *testing.T }

// FN_Field: a t that is kept in a field isn't followed.
func (s *suite) FN_Field() {
	go func() {
		time.Sleep(time.Second)
		s.t.Log("late")
	}()
}

// FP_Sleep: the test waits long enough in all likelihood, without being told.
func FP_Sleep(t *testing.T) {
	go func() {
		t.Log("working") // want `t.Log is called by a goroutine that nothing waits for`
	}()
	time.Sleep(10 * time.Second)
}
