package limits

import "testing"

func mustBePositive(t *testing.T, n int) {
	if n < 0 {
		t.Fatal(n)
	}
}

// FN_TestHelper has a helper end another goroutine than the test's, which is of
// low confidence: the test mostly fails all the same.
func FN_TestHelper(t *testing.T) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		mustBePositive(t, 1)
	}()
	<-done
}
