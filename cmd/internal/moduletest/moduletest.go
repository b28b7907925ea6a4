// Package moduletest makes modules for tests that run the go command.
package moduletest

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/tools/txtar"
)

// Isolate keeps the tests of a process away from the network and from the
// settings of whoever runs them.
func Isolate() {
	for name, value := range map[string]string{"GOPROXY": "off", "GOFLAGS": "", "GOWORK": "", "GO111MODULE": "", "GOTOOLCHAIN": "local"} {
		os.Setenv(name, value)
	}
}

// New writes the files of a txtar archive to a new folder, which it returns
// without symbolic links in its path.
func New(t testing.TB, archive string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range txtar.Parse([]byte(archive)).Files {
		Write(t, filepath.Join(dir, filepath.FromSlash(file.Name)), string(file.Data))
	}
	return dir
}

// Write writes a file, and makes its folder if need be.
func Write(t testing.TB, name, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}
