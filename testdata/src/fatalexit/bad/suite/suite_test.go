package suite

import (
	"errors"
	"os"
	"sync"
	"testing"
	"time"

	"golang.org/x/sync/errgroup"
)

func TestMain(m *testing.M) {
	dir, _ := os.MkdirTemp("", "suite")
	defer os.RemoveAll(dir)
	os.Exit(m.Run()) // want `os.Exit ends the process: os.RemoveAll.* is not called`
}

var errOdd = errors.New("odd")

func work(n int) error {
	if n%2 == 1 {
		return errOdd
	}
	return nil
}

func TestGroup(t *testing.T) {
	var group errgroup.Group
	for n := range 3 {
		group.Go(func() error {
			if err := work(n); err != nil {
				t.Fatal(err) // want `t.Fatal ends the goroutine of group.Go, not the test's: the test goes on`
			}
			return nil
		})
	}
	_ = group.Wait()
}

func TestWaitGroup(t *testing.T) {
	var wg sync.WaitGroup
	wg.Go(func() {
		if err := work(1); err != nil {
			t.Fatalf("work: %v", err) // want `t.Fatalf ends the goroutine of wg.Go, not the test's: the test goes on`
		}
	})
	wg.Wait()
}

func TestTimer(t *testing.T) {
	timer := time.AfterFunc(time.Minute, func() {
		t.FailNow() // want `t.FailNow ends the goroutine of time.AfterFunc, not the test's: the test goes on`
	})
	defer timer.Stop()
}
