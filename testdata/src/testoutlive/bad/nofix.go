package bad

import (
	"net"
	"net/http"
	"testing"
	"time"
)

// No fix: the connection isn't there when Accept fails, and the work goes on.
func TestAcceptAll(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ln.Close() })
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				t.Error(err) // want `ln.Close makes ln.Accept fail as the test ends`
				return
			}
			conn.Close()
		}
	}()
}

// No fix: whether the timers of a loop are to be stopped together isn't known.
func TestTimers(t *testing.T) {
	for i := range 3 {
		time.AfterFunc(time.Second, func() { t.Errorf("%d timed out", i) }) // want `t.Errorf is called by a timer that nothing stops`
	}
	http.Get("http://127.0.0.1")
}
