package captured

import "testing"

// TestTable reads in parallel what was filled before.
func TestTable(t *testing.T) {
	want := map[string]int{"a": 1, "b": 1}
	for name, n := range want {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if len(name) != n || len(want) != 2 {
				t.Error(name)
			}
		})
	}
}

// TestSequential has subtests that run one after the other.
func TestSequential(t *testing.T) {
	seen := make(map[string]bool)
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) { seen[name] = true })
	}
	if len(seen) != 2 {
		t.Error(seen)
	}
}

// TestBeforeParallel writes before it pauses.
func TestBeforeParallel(t *testing.T) {
	seen := make(map[string]bool)
	for _, name := range []string{"a", "b"} {
		t.Run(name, func(t *testing.T) {
			seen[name] = true
			t.Parallel()
		})
	}
	seen["all"] = true
}

// TestElsewhere runs subtests on a goroutine of its own.
func TestElsewhere(t *testing.T) {
	done := make(chan bool)
	go t.Run("sub", func(t *testing.T) { done <- true })
	<-done
}
