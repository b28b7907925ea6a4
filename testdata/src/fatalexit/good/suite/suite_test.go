package suite

import (
	"net/http"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

func TestMain(m *testing.M) {
	os.Exit(run(m))
}

func run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "suite")
	if err != nil {
		return 1
	}
	defer os.RemoveAll(dir)
	return m.Run()
}

func TestRemoved(t *testing.T) {
	defer os.Remove("x")
	if _, err := os.Stat("x"); err != nil {
		t.Fatal(err) // runs what is deferred
	}
}

func TestGroup(t *testing.T) {
	var wg sync.WaitGroup
	wg.Go(func() { t.Error("noted") })
	wg.Wait()
	t.Run("sub", func(t *testing.T) { t.Fatal("of this goroutine") })
	t.Cleanup(func() { t.Fatal("of the test's goroutine") })
	_ = filepath.WalkDir(".", func(path string, d os.DirEntry, err error) error {
		if err != nil {
			t.Fatal(err)
		}
		return nil
	})
}

func TestOwn(t *testing.T) {
	var wg sync.WaitGroup
	wg.Go(func() {
		t.Run("own", func(t *testing.T) { t.Fatal("its own") })
	})
	wg.Wait()
	check := func(w http.ResponseWriter, r *http.Request) { t.Fatal(r) }
	check(nil, nil)
}
