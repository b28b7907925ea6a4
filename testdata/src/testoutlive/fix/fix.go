package fix

import (
	"net"
	"net/http"
	"testing"
	"time"
)

func TestServe(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := &http.Server{}
	defer srv.Close()
	go func() {
		// until the test is over
		if err := srv.Serve(ln); err != nil {
			t.Errorf("serve: %v", err) // want `srv.Close makes srv.Serve fail`
		}
	}()
	go func() {
		err := http.Serve(ln, nil)
		if err != nil {
			t.Error(err) // want `ln.Close makes http.Serve fail`
		}
	}()
	defer ln.Close()
}

func TestTimer(t *testing.T) {
	time.AfterFunc(time.Second, func() { t.Error("timed out") }) // want `t.Error is called by a timer`
	time.Sleep(time.Millisecond)
}
