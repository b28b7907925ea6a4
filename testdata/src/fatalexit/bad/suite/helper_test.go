package suite

import (
	"sync"
	"testing"
)

func mustWork(t *testing.T, n int) {
	t.Helper()
	if err := work(n); err != nil {
		t.Fatalf("work %d: %v", n, err)
	}
}

func TestHelper(t *testing.T) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		mustWork(t, 1) // want `mustWork may end the goroutine of the go statement by t.Fatalf, not the test's: the test goes on`
	}()
	<-done
}

func TestHelperInGroup(t *testing.T) {
	var wg sync.WaitGroup
	for n := range 3 {
		wg.Go(func() { mustWork(t, n) }) // want `mustWork may end the goroutine of wg.Go by t.Fatalf`
	}
	wg.Wait()
}
