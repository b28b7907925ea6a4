package good

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"golang.org/x/sync/errgroup"
)

// Joined by a WaitGroup, a channel, an errgroup.
func TestJoined(t *testing.T) {
	var wg sync.WaitGroup
	wg.Add(1)
	go func() {
		defer wg.Done()
		t.Log("working")
	}()
	wg.Wait()

	done := make(chan struct{})
	go func() {
		work()
		t.Log("worked")
		close(done)
	}()
	<-done

	var g errgroup.Group
	g.Go(func() error {
		t.Log("working")
		return nil
	})
	if err := g.Wait(); err != nil {
		t.Error(err)
	}
}

// Waited for in Cleanup.
func serve(t *testing.T, ln net.Listener) {
	done := make(chan error, 1)
	t.Cleanup(func() {
		ln.Close()
		<-done
	})
	go func() {
		err := http.Serve(ln, nil)
		if err != nil {
			t.Log(err)
		}
		done <- err
	}()
}

func serveAndWait(t *testing.T, srv *http.Server) {
	var wg sync.WaitGroup
	defer wg.Wait()
	defer srv.Close()
	wg.Go(func() {
		if err := srv.ListenAndServe(); err != nil {
			t.Error(err)
		}
	})
}

// Errors that are looked at.
func TestExpected(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	assert.NoError(t, err)
	defer ln.Close()
	srv := &http.Server{}
	go func() {
		if err := srv.Serve(ln); err != nil && !errors.Is(err, http.ErrServerClosed) {
			t.Error(err)
		}
	}()
	defer srv.Close()
	go func() {
		for {
			conn, err := ln.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err != nil {
				t.Error(err)
				return
			}
			conn.Close()
		}
	}()
	go func() {
		err := srv.Serve(ln)
		if err == http.ErrServerClosed {
			return
		}
		if err != nil {
			t.Error(err)
		}
	}()
	go func() { assert.ErrorIs(t, srv.Serve(ln), http.ErrServerClosed) }()
}

// Nobody closes it: Accept doesn't return.
func TestLeaked(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		if _, err := ln.Accept(); err != nil {
			t.Error(err)
		}
	}()
}

// One Accept, which the test answers before it closes.
func TestAcceptOnce(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	go func() {
		conn, err := ln.Accept()
		if err != nil {
			t.Error(err)
			return
		}
		conn.Close()
	}()
	net.Dial("tcp", ln.Addr().String())
}

// Only when something goes wrong.
func TestUnlikely(t *testing.T) {
	a, b := net.Pipe()
	go func() {
		if _, err := a.Write([]byte("hello")); err != nil {
			t.Error(err)
		}
	}()
	buf := make([]byte, 5)
	if _, err := io.ReadFull(b, buf); err != nil {
		t.Error(err)
	}
}

// The test learns of it by what comes behind the call on t.
func TestAnswer(t *testing.T) {
	a, b := net.Pipe()
	go func() {
		buf := make([]byte, 5)
		io.ReadFull(a, buf)
		t.Logf("got %s", buf)
		a.Write(buf)
	}()
	go func() {
		defer a.Close()
		t.Log("closing")
	}()
	io.ReadAll(b)
	var stopped atomic.Bool
	go func() {
		t.Log("stopping")
		stopped.Store(true)
	}()
	for !stopped.Load() {
		time.Sleep(time.Millisecond)
	}
}

// Stopped through the test's context, and by the test.
func TestStopped(t *testing.T) {
	ticker := time.NewTicker(time.Second)
	quit := make(chan struct{})
	defer close(quit)
	go func() {
		for {
			select {
			case <-t.Context().Done():
				return
			case <-quit:
				return
			case now := <-ticker.C:
				t.Log(now)
			}
		}
	}()
	watchdog := time.AfterFunc(time.Second, func() { t.Error("timed out") })
	defer watchdog.Stop()
	stop := context.AfterFunc(t.Context(), func() { work() })
	stop()
}

// A watchdog that is called off.
func TestWatchdog(t *testing.T) {
	done := make(chan struct{})
	defer close(done)
	go func() {
		select {
		case <-done:
		case <-time.After(time.Second):
			t.Error("timed out")
		}
	}()
	work()
}

// In a bubble, whose end waits.
func TestBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		go func() {
			time.Sleep(time.Second)
			t.Log("a second later")
		}()
	})
}

// testinggoroutine reports it.
func TestFatal(t *testing.T) {
	go func() {
		work()
		t.Fatal("no")
	}()
}

// No call that panics.
func TestHelper(t *testing.T) {
	go func() {
		t.Helper()
		println(t.Name())
	}()
}

// A group that somebody else waits for.
type workers struct{ wg *sync.WaitGroup }

func (w *workers) start(t *testing.T, wg *sync.WaitGroup) {
	wg.Go(func() { t.Log("working") })
	w.wg.Go(func() { t.Log("working") })
	cancelled, cancel := context.WithCancel(t.Context())
	go func() {
		t.Log("working")
		cancel()
	}()
	<-cancelled.Done()
}

func work() {}
