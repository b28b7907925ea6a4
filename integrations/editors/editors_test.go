// Package editors runs the language server with clients that aren't ours: a
// real editor, and the library that another one is made of. It is a module of
// its own so that go test ./... asks nobody for an editor.
package editors

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// root is the repository's, seen from this folder.
const root = "../.."

// need finds a program. Without it the test is skipped, or fails where
// GOCONCLINT_E2E says that it has to be there.
func need(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil && os.Getenv("GOCONCLINT_E2E") == "required" {
		t.Fatalf("no %s on this machine, and GOCONCLINT_E2E=required", name)
	}
	if err != nil {
		t.Skipf("no %s on this machine", name)
	}
	return path
}

// command is the path of the command, built once.
var command string

func TestMain(m *testing.M) { os.Exit(build(m)) }

// build builds the command and runs the tests.
func build(m *testing.M) int {
	dir, err := os.MkdirTemp("", "goconclint-editors")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	command = filepath.Join(dir, "goconclint")
	cmd := exec.Command("go", "build", "-o", command, "./cmd/goconclint")
	cmd.Dir, cmd.Stdout, cmd.Stderr = root, os.Stderr, os.Stderr
	if err := cmd.Run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// run runs a program to its end and fails the test if it fails.
func run(t *testing.T, dir string, env []string, name string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("%s: %v\n%s", filepath.Base(name), err, out)
	}
}

// tour copies the tour to a module of its own that may be edited.
func tour(t *testing.T) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir = filepath.Join(dir, "tour")
	if err := os.CopyFS(dir, os.DirFS(filepath.Join(root, "testdata", "tour"))); err != nil {
		t.Fatal(err)
	}
	mod := "module github.com/goconclint/goconclint/testdata/tour\n\ngo 1.26\n"
	if err := os.WriteFile(filepath.Join(dir, "go.mod"), []byte(mod), 0o666); err != nil {
		t.Fatal(err)
	}
	return dir
}

// wanted are the findings of the command in the tour, sorted, by paths in it.
func wanted(t *testing.T) []string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(root, "testdata", "tour", "findings.txt"))
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for line := range strings.Lines(string(content)) {
		if finding, ok := strings.CutPrefix(line, "testdata/tour/"); ok {
			list = append(list, finding)
		}
	}
	slices.Sort(list)
	return list
}

// environment is what clients are told of the tour and the server.
func environment(t *testing.T) []string {
	t.Helper()
	dir := t.TempDir()
	return []string{
		"TOUR=" + tour(t), "GOCONCLINT=" + command, "GOCONCLINT_CACHE=" + filepath.Join(dir, "cache"), "GOWORK=off", "GOFLAGS=",
		"XDG_CONFIG_HOME=" + dir, "XDG_DATA_HOME=" + dir, "XDG_STATE_HOME=" + dir,
	}
}

// converse runs a client on the tour. It writes what it is told to a file,
// which must be what the command finds.
func converse(t *testing.T, name string, args ...string) {
	t.Helper()
	want, out := wanted(t), filepath.Join(t.TempDir(), "findings")
	run(t, ".", append(environment(t), "OUT="+out, fmt.Sprint("FINDINGS=", len(want))), name, args...)
	told, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	got := slices.Sorted(strings.Lines(string(told)))
	if !slices.Equal(got, want) {
		t.Errorf("the editor shows\n%s\nthe command finds\n%s", strings.Join(got, ""), strings.Join(want, ""))
	}
}

// packages sees to it that npm has installed what a folder names.
func packages(t *testing.T, folder string) {
	t.Helper()
	if _, err := os.Stat(filepath.Join(folder, "node_modules")); err == nil {
		return
	}
	if os.Getenv("GOCONCLINT_E2E") == "required" {
		t.Fatalf("run npm ci in %s first, as GOCONCLINT_E2E=required", folder)
	}
	t.Skipf("run npm ci in %s first", folder)
}

func TestNeovim(t *testing.T) {
	nvim := need(t, "nvim")
	converse(t, nvim, "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", "luafile nvim.lua")
}

// TestEmacs runs where there is an Emacs with eglot and go-mode, which CI
// doesn't install: it is the same protocol once more.
func TestEmacs(t *testing.T) {
	emacs, err := exec.LookPath("emacs")
	if err != nil {
		t.Skip("no emacs on this machine")
	}
	probe := exec.CommandContext(t.Context(), emacs, "-q", "--batch", "--eval", "(progn (require 'package) (package-initialize) (require 'eglot) (require 'go-mode))")
	if out, err := probe.CombinedOutput(); err != nil {
		t.Skipf("this emacs lacks eglot or go-mode: %s", out)
	}
	run(t, ".", environment(t), emacs, "-q", "--batch", "-l", "emacs.el")
}

func TestNodeClient(t *testing.T) {
	node := need(t, "node")
	packages(t, "client")
	converse(t, node, "client/client.mjs")
}

// TestVSCode builds our extension and runs its tests.
func TestVSCode(t *testing.T) {
	npm := need(t, "npm")
	packages(t, "../vscode")
	run(t, "../vscode", nil, npm, "run", "build")
	run(t, "../vscode", environment(t), npm, "test")
}
