package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestLibrary builds the checker of docs/library, which is a module of its
// own and so sees what anybody sees, and runs it.
func TestLibrary(t *testing.T) {
	binary := filepath.Join(t.TempDir(), "ourchecks")
	build := exec.Command("go", "build", "-o", binary, ".")
	build.Dir = filepath.Join("..", "..", "docs", "library")
	build.Env = append(os.Environ(), "GOWORK=off")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v; if it asks for updates, run go mod tidy in docs/library\n%s", err, out)
	}
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/m\n\ngo 1.26\n")
	write(t, filepath.Join(dir, "m.go"), `package m

import (
	"sync"
	"time"
)

var mu sync.Mutex

func wait() {
	mu.Lock()
	defer mu.Unlock()
	time.Sleep(time.Second)
	mu.Lock()
}
`)
	for _, args := range [][]string{{binary, "./..."}, {"go", "vet", "-vettool=" + binary, "./..."}} {
		command := exec.Command(args[0], args[1:]...)
		command.Dir = dir
		out, err := command.CombinedOutput()
		if err == nil {
			t.Errorf("%q finds nothing", args)
		}
		for _, want := range []string{"m.go:13:2: wait for what is to happen instead of sleeping", "m.go:14:2: "} {
			if !strings.Contains(string(out), want) {
				t.Errorf("%q doesn't say %q:\n%s", args, want, out)
			}
		}
	}
}
