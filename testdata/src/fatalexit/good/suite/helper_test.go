package suite

import (
	"errors"
	"sync"
	"testing"
)

func mustWork(t *testing.T, n int) {
	t.Helper()
	if n > 3 {
		t.Fatal(n)
	}
}

func noted(t *testing.T, n int) {
	if n > 3 {
		t.Error(errors.New("too many"))
	}
}

// Helpers on the test's own goroutine, and those that only note a failure.
func TestHelpers(t *testing.T) {
	mustWork(t, 1)
	func() { mustWork(t, 2) }()
	t.Run("sub", func(t *testing.T) { mustWork(t, 3) })
	t.Cleanup(func() { mustWork(t, 1) })
	var wg sync.WaitGroup
	wg.Go(func() { noted(t, 4) })
	wg.Wait()
}
