package main

import (
	"context"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/goconclint/goconclint/cmd/internal/lsp/lsptest"
)

// editor starts the command as a language server.
func editor(t testing.TB, args ...string) *lsptest.Client {
	t.Helper()
	return lsptest.Start(t, func(ctx context.Context, in io.Reader, out io.Writer) int {
		cmd := exec.CommandContext(ctx, "goconclint", append([]string{"lsp"}, args...)...)
		cmd.Stdout, cmd.Stderr = out, os.Stderr
		stdin, err := cmd.StdinPipe()
		if err != nil {
			t.Error(err)
			return -1
		}
		go func() { // not by the command, which would wait for more to copy
			_, _ = io.Copy(stdin, in)
			_ = stdin.Close()
		}()
		_ = cmd.Run() // its status is what counts
		return cmd.ProcessState.ExitCode()
	})
}

// late is a mistake that needs no import, shown by checks that are on.
const late = `package m

func late() {
	n := 0
	defer println(n)
	n = 1
}
`

// TestServerConfiguration: the server reads .goconclint.yaml as the command
// does, for each folder its own, and again when it has changed.
func TestServerConfiguration(t *testing.T) {
	t.Setenv("GOCONCLINT_CACHE", t.TempDir())
	folder := func(config string) string {
		dir := t.TempDir()
		write(t, filepath.Join(dir, "go.mod"), "module example.com/m\n\ngo 1.26\n")
		write(t, filepath.Join(dir, "m.go"), late)
		if config != "" {
			write(t, filepath.Join(dir, ".goconclint.yaml"), config)
		}
		return dir
	}
	plain, off, severe := folder(""), folder("disable: [deferargs]\n"), folder("severity: {deferargs: info}\nenable: [prealloc]\n")
	c := editor(t, "--stdio")
	c.Initialize(plain, off, severe)
	codes := func(dir, want string) {
		t.Helper()
		if got := lsptest.Codes(c.Diagnostics(filepath.Join(dir, "m.go"))); got != want {
			t.Errorf("%q in %s, want %q", got, dir, want)
		}
	}
	for range 2 { // what holds for one folder holds for no other
		for _, dir := range []string{plain, off, severe} {
			c.Open(filepath.Join(dir, "m.go"))
		}
		codes(plain, "deferargs")
		codes(off, "")
		codes(severe, "deferargs")
		if list := c.Diagnostics(filepath.Join(severe, "m.go")); len(list) == 1 && list[0].Severity != 3 {
			t.Errorf("severity %v", list[0].Severity)
		}
		for _, dir := range []string{plain, off, severe} {
			c.Close(filepath.Join(dir, "m.go"))
		}
	}

	path := filepath.Join(off, "m.go")
	c.Open(path)
	codes(off, "")
	change := func(config string) {
		write(t, filepath.Join(off, ".goconclint.yaml"), config)
		c.Forget(path)
		c.Watched(filepath.Join(off, ".goconclint.yaml"))
	}
	change("disable: [datarace]\n")
	codes(off, "deferargs")
	change("disabel: [deferargs]\n")
	c.Heard("what is wrong with it", func(n *lsptest.News) bool { return len(n.Shown) == 1 })
	change("paths: [{path: \"*.go\", disable: [all]}]\n")
	codes(off, "")
	if status := c.Quit(); status != 0 {
		t.Errorf("exit status %d", status)
	}
}

// TestServerFlags: flags are those of a run, and what is none is refused.
func TestServerFlags(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "go.mod"), "module example.com/m\n\ngo 1.26\n")
	write(t, filepath.Join(dir, "m.go"), late)
	c := editor(t, "-datarace")
	c.Initialize(dir)
	c.Open(filepath.Join(dir, "m.go"))
	if list := c.Diagnostics(filepath.Join(dir, "m.go")); len(list) > 0 {
		t.Errorf("with datarace alone: %v", list)
	}
	c.Quit()
	for _, args := range [][]string{{"./..."}, {"-nonsense"}, {"-C", "."}} {
		cmd := exec.Command("goconclint", append([]string{"lsp"}, args...)...)
		if err := cmd.Run(); cmd.ProcessState.ExitCode() != 2 {
			t.Errorf("%q: %v", args, err)
		}
	}
}
