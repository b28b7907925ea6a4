package good

import (
	"os"
	"os/exec"
	"testing"
)

// TestRaceIsFatal starts itself again with the race detector's exit status
// set, and the child races on purpose.
func TestRaceIsFatal(t *testing.T) {
	if os.Getenv("WANT_RACE") == "1" {
		race()
		return
	}
	cmd := exec.Command(os.Args[0], "-test.run=^TestRaceIsFatal$")
	cmd.Env = append(os.Environ(), "WANT_RACE=1")
	if err := cmd.Run(); err == nil {
		t.Error("the child should have failed")
	}
}

func TestRaceSubtest(t *testing.T) {
	if _, child := os.LookupEnv("WANT_RACE"); child {
		t.Run("sub", func(t *testing.T) { race() })
	}
}

func TestMain(m *testing.M) {
	if os.Getenv("WANT_RACE_FIRST") == "1" {
		race()
	}
	os.Exit(m.Run())
}

func race() {
	var hits int
	done := make(chan bool)
	go func() {
		hits = 1
		done <- true
	}()
	hits++
	<-done
}
