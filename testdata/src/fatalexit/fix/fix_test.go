package fix

import (
	"os"
	"sync"
	"testing"
)

func TestMain(m *testing.M) {
	dir, _ := os.MkdirTemp("", "fix")
	defer os.RemoveAll(dir)
	os.Exit(m.Run()) // want `os.Exit ends the process`
}

func TestLoad(t *testing.T) {
	var wg sync.WaitGroup
	wg.Go(func() {
		if _, err := load("none"); err != nil {
			t.Fatal(err) // want `t.Fatal ends the goroutine`
		}
	})
	wg.Wait()
}
