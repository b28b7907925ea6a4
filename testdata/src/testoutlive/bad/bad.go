package bad

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"golang.org/x/sync/errgroup"
)

// Serve returns an error whenever the server is closed.
func TestServer(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	srv := &http.Server{Addr: ln.Addr().String()}
	go func() {
		if err := srv.Serve(ln); err != nil {
			t.Errorf("serve: %v", err) // want `srv.Close makes srv.Serve fail as the test ends, and nothing waits for the goroutine that then calls t.Errorf: it panics`
		}
	}()
	defer srv.Close()
	if _, err := http.Get("http://" + srv.Addr); err != nil {
		t.Error(err)
	}
}

func TestListenAndServe(t *testing.T) {
	srv := &http.Server{Addr: "127.0.0.1:0"}
	t.Cleanup(func() { srv.Shutdown(context.Background()) })
	go func() { t.Log(srv.ListenAndServe()) }() // want `srv.Shutdown makes srv.ListenAndServe fail as the test ends`
	time.Sleep(time.Millisecond)
}

// So does Accept.
func TestAccept(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	assert.NoError(t, err)
	defer ln.Close()
	go func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				t.Log("accept:", err) // want `ln.Close makes ln.Accept fail as the test ends`
				return
			}
			go io.Copy(conn, conn)
		}
	}()
	net.Dial("tcp", ln.Addr().String())
}

// In a helper, with a method value handed to Cleanup.
func listen(t testing.TB) string {
	t.Helper()
	conn, err := net.ListenUDP("udp", nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close() })
	go echo(t, conn)
	return conn.LocalAddr().String()
}

func echo(t testing.TB, conn *net.UDPConn) {
	buf := make([]byte, 1500)
	for {
		n, from, err := conn.ReadFromUDP(buf)
		if err != nil {
			t.Errorf("read: %v", err) // want `conn.Close makes conn.ReadFromUDP fail as the test ends`
			return
		}
		conn.WriteToUDP(buf[:n], from)
	}
}

// An assertion that there is no error.
func TestAssert(t *testing.T) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	assert.NoError(t, err)
	t.Cleanup(func() { ln.Close() })
	go func() {
		assert.NoError(t, http.Serve(ln, nil)) // want `ln.Close makes http.Serve fail as the test ends, and nothing waits for the goroutine that then calls assert.NoError`
	}()
	go func() {
		err := http.Serve(ln, http.NotFoundHandler())
		assert.NoError(t, err) // want `ln.Close makes http.Serve fail as the test ends`
	}()
	t.Run("get", func(t *testing.T) {
		_, err := http.Get("http://" + ln.Addr().String())
		assert.NoError(t, err)
	})
}

// A last word, with nothing behind it by which the test could know.
func TestLastWord(t *testing.T) {
	requests := make(chan string)
	go func() {
		request := <-requests
		t.Logf("got %s", request) // want `t.Logf is called by a goroutine that nothing waits for: after the test has returned it panics`
	}()
	requests <- "hello"
}

func TestAfterTheSignal(t *testing.T) {
	done := make(chan bool)
	go func() {
		time.Sleep(time.Millisecond)
		done <- true
		t.Log("worker done") // want `t.Log is called by a goroutine that nothing waits for`
	}()
	<-done
}

// A watchdog that nobody calls off.
func TestWatchdog(t *testing.T) {
	go func() {
		time.Sleep(time.Second)
		t.Error("timed out") // want `t.Error is called by a goroutine that nothing waits for`
	}()
	work()
}

func TestTimer(t *testing.T) {
	time.AfterFunc(time.Second, func() {
		t.Fatal("timed out") // want `t.Fatal is called by a timer that nothing stops: after the test has returned it panics`
	})
	work()
}

// A loop that never ends.
func BenchmarkProgress(b *testing.B) {
	start := time.Now()
	go func() {
		for {
			time.Sleep(time.Second)
			b.Logf("%v", time.Since(start)) // want `b.Logf is called by a goroutine that nothing waits for`
		}
	}()
	for b.Loop() {
		work()
	}
}

// The output of a process that the test doesn't wait for.
func startProcess(t *testing.T, name string) *exec.Cmd {
	cmd := exec.Command(name)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	go func() {
		s := bufio.NewScanner(out)
		for s.Scan() {
			t.Log(s.Text()) // want `t.Log is called by a goroutine that nothing waits for`
		}
	}()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	return cmd
}

// Groups that are never waited for.
func TestGroups(t *testing.T) {
	var wg sync.WaitGroup
	wg.Go(func() {
		work()
		t.Log("worked") // want `t.Log is called by a goroutine that nothing waits for`
	})
	var g errgroup.Group
	g.Go(func() error {
		work()
		t.Log("worked") // want `t.Log is called by a goroutine that nothing waits for`
		return nil
	})
}

func work() {}
