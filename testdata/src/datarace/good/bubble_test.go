package good

import (
	"testing"
	"testing/synctest"
)

// The context of a test ends with its function, and a bubble waits for the
// goroutines in it.
func TestBubbleWaits(t *testing.T) {
	state := "not started"
	synctest.Test(t, func(t *testing.T) {
		go func() {
			state = "waits"
			<-t.Context().Done()
			state = "done"
		}()
		synctest.Wait()
		if state != "waits" {
			t.Fatalf("state = %q", state)
		}
	})
	if state != "done" {
		t.Fatalf("state = %q", state)
	}
}

// Cleanups come after the context has ended.
func TestCleanupAfterContext(t *testing.T) {
	var seen []string
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		<-t.Context().Done()
		seen = append(seen, "context")
	}()
	seen = nil
	t.Cleanup(func() {
		<-ended
		seen = append(seen, "cleanup")
	})
}
