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
		"TOUR=" + tour(t), "GOCONCLINT=" + command, "PATH=" + filepath.Dir(command) + string(filepath.ListSeparator) + os.Getenv("PATH"),
		"GOCONCLINT_CACHE=" + filepath.Join(dir, "cache"), "GOWORK=off", "GOFLAGS=",
		"XDG_CONFIG_HOME=" + dir, "XDG_DATA_HOME=" + dir, "XDG_STATE_HOME=" + dir,
	}
}

// converse runs a client on the tour. It writes what it is told to a file,
// which must be what the command finds.
func converse(t *testing.T, name string, args ...string) {
	t.Helper()
	want, out := wanted(t), filepath.Join(t.TempDir(), "findings")
	run(t, ".", append(environment(t), "OUT="+out, fmt.Sprint("FINDINGS=", len(want))), name, args...)
	agree(t, out, want)
}

// agree compares what an editor has written down with what it should show.
func agree(t *testing.T, out string, want []string) {
	t.Helper()
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

// snippet writes the block of docs/editors.md that begins with a line to a
// file, so that what is tried is what users copy.
func snippet(t *testing.T, first, name string) string {
	t.Helper()
	page, err := os.ReadFile(filepath.Join(root, "docs", "editors.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(page), "\n"+first+"\n")
	text, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatalf("docs/editors.md has no block that begins with %s", first)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(first+"\n"+text), 0o666); err != nil {
		t.Fatal(err)
	}
	return name
}

// TestNeovim runs the versions of three suites of Debian, each with the
// snippet that is for it.
func TestNeovim(t *testing.T) {
	for _, test := range []struct{ program, first string }{
		{"nvim", ""}, // 0.7
		{"nvim-trixie", `vim.api.nvim_create_autocmd("FileType", {`}, // 0.10
		{"nvim-forky", `vim.lsp.config("goconclint", {`},             // 0.12 or later
	} {
		t.Run(test.program, func(t *testing.T) {
			nvim := need(t, test.program)
			if test.first != "" {
				t.Setenv("SNIPPET", snippet(t, test.first, filepath.Join(t.TempDir(), "init.lua")))
			}
			converse(t, nvim, "--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", "luafile nvim.lua")
		})
	}
}

// TestQuickfix runs :make, as in Vim.
func TestQuickfix(t *testing.T) {
	nvim := need(t, "nvim")
	want, out := wanted(t), filepath.Join(t.TempDir(), "findings")
	init := snippet(t, `set makeprg=goconclint\ ./...`, filepath.Join(t.TempDir(), "init.vim"))
	const write = `call writefile(map(filter(getqflist(), 'v:val.valid && v:val.text =~# "([a-z]*)$"'), 'bufname(v:val.bufnr).":".v:val.lnum.":".v:val.col.": ".v:val.text'), $OUT)`
	run(t, ".", append(environment(t), "OUT="+out), nvim, "--headless", "-u", init, "-i", "NONE", "-n",
		"-c", "cd $TOUR", "-c", "silent make!", "-c", write, "-c", "qall!")
	agree(t, out, want)
}

// TestEmacs runs both language clients of Emacs.
func TestEmacs(t *testing.T) {
	emacs := need(t, "emacs")
	for _, client := range []string{"eglot", "lsp-mode"} {
		t.Run(client, func(t *testing.T) {
			t.Setenv("SNIPPET", snippet(t, "(with-eval-after-load '"+client, filepath.Join(t.TempDir(), "init.el")))
			run(t, ".", environment(t), emacs, "-q", "--batch", "-l", "emacs.el", "-l", client+".el")
		})
	}
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
