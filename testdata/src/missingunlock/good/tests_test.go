package good

import (
	"sync"
	"testing"
)

// TestMisuse does on purpose what a program must not: of low confidence.
func TestMisuse(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("the second unlock went through")
		}
	}()
	var mu sync.Mutex
	mu.Lock()
	mu.Unlock()
	mu.Unlock()
}
