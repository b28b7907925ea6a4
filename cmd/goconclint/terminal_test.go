//go:build unix

package main

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
)

// clearLine is what erases the progress line.
const clearLine = "\r\x1b[K"

// TestTerminal runs the command in a terminal: progress is drawn and erased,
// and then the findings are shown with their source.
func TestTerminal(t *testing.T) {
	const want = "\x1b[1mm.go:5:11\x1b[0m: F passes lock by value: sync.Mutex \x1b[36m(copylocks)\x1b[0m\n" +
		"\x1b[2m    5 │  \x1b[0mfunc F(mu \x1b[1msync.Mutex\x1b[0m) { mu.Lock() }\n" +
		"\x1b[2m      │  \x1b[0m          \x1b[1;31m^^^^^^^^^^\x1b[0m\n" +
		"\n" +
		"\x1b[1m1 finding in 1 package\x1b[0m (copylocks 1), TIME\n" +
		"\x1b[2mgoconclint explain NAME says more about a check\x1b[0m\n"
	shown, status := inTerminal(t, nil)
	last := strings.LastIndex(shown, clearLine)
	if last < 0 {
		t.Fatalf("no progress is erased: %q", shown)
	}
	if progress := shown[:last]; !strings.Contains(progress, clearLine+"loading packages") || !strings.Contains(progress, "1/1 packages  example.com/m") {
		t.Errorf("progress is %q", progress)
	}
	if got := shown[last+len(clearLine):]; got != want {
		t.Errorf("shown is\n%s\nwant\n%s\n(%[1]q)", got, want)
	}
	if status != 1 {
		t.Errorf("exit status %d, want 1", status)
	}
}

func TestTerminalPlain(t *testing.T) {
	const want = "m.go:5:11: F passes lock by value: sync.Mutex (copylocks)\n" +
		"    5 │  func F(mu sync.Mutex) { mu.Lock() }\n" +
		"      │            ^^^^^^^^^^\n" +
		"\n" +
		"1 finding in 1 package (copylocks 1), TIME\n" +
		"goconclint explain NAME says more about a check\n"
	if shown, _ := inTerminal(t, []string{"NO_COLOR=1"}, "-q"); shown != want {
		t.Errorf("NO_COLOR and -q show\n%s", shown)
	}
	if shown, _ := inTerminal(t, nil, "-q", "-color=never"); shown != want {
		t.Errorf("-color=never and -q show\n%s", shown)
	}
	if shown, _ := inTerminal(t, []string{"TERM=dumb"}); shown != want {
		t.Errorf("a dumb terminal shows\n%s", shown)
	}
	if shown, _ := inTerminal(t, nil, "-q", "-atomic"); !strings.Contains(shown, "no findings in 1 package") {
		t.Errorf("nothing found shows\n%s", shown)
	}
}

// inTerminal runs the command with a terminal for its standard streams and
// returns what is shown and the exit status.
func inTerminal(t *testing.T, env []string, args ...string) (string, int) {
	t.Helper()
	return terminalOf(t, command(t, env, args...), 80)
}

func terminalOf(t *testing.T, cmd *exec.Cmd, columns uint16) (string, int) {
	t.Helper()
	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: columns})
	if err != nil {
		t.Skipf("no terminal to be had: %v", err)
	}
	defer terminal.Close()
	var shown bytes.Buffer
	if _, err := io.Copy(&shown, terminal); err != nil && !errors.Is(err, syscall.EIO) { // EIO: the other end is closed
		t.Fatal(err)
	}
	text := strings.ReplaceAll(shown.String(), "\r\n", "\n")
	return elapsed.ReplaceAllString(text, ", TIME$2"), exitStatus(t, cmd.Wait())
}

// elapsed matches the time in the line that sums up.
var elapsed = regexp.MustCompile(`(?m), [0-9.]+(ms|m?s)(\x1b\[0m)?$`)

// TestReadmeShowsTheTerminal compares what README shows with what a terminal
// of its width gets.
func TestReadmeShowsTheTerminal(t *testing.T) {
	const shown = "$ goconclint ./testdata/readme/...\n"
	_, rest, found := strings.Cut(read(t, "README.md"), shown)
	want, _, closed := strings.Cut(rest, "```")
	if !found || !closed {
		t.Fatalf("README doesn't show %s", shown)
	}
	cmd := exec.Command("goconclint", "-q", "./testdata/readme/...")
	cmd.Dir = root
	cmd.Env = append(os.Environ(), "GOFLAGS=", "GOPROXY=off", "NO_COLOR=1", "TERM=xterm")
	if got, _ := terminalOf(t, cmd, 90); got != elapsed.ReplaceAllString(want, ", TIME") {
		t.Errorf("the terminal shows\n%s\nREADME\n%s", got, want)
	}
}

// TestLinks turns hyperlinks on: places lead to the file, names to the page.
func TestLinks(t *testing.T) {
	shown, _ := inTerminal(t, []string{"FORCE_HYPERLINK=1", "NO_COLOR=1"}, "-q")
	for _, want := range []string{"\x1b]8;;file:///", "/m.go#L5\x1b\\m.go:5:11\x1b]8;;\x1b\\: ", "\x1b]8;;https://", "\x1b\\copylocks\x1b]8;;"} {
		if !strings.Contains(shown, want) {
			t.Errorf("%q isn't in %q", want, shown)
		}
	}
}

// command prepares the command in a module with one finding.
func command(t *testing.T, env []string, args ...string) *exec.Cmd {
	t.Helper()
	dir := t.TempDir()
	for name, content := range map[string]string{
		"go.mod": "module example.com/m\n\ngo 1.25\n",
		"m.go":   "package m\n\nimport \"sync\"\n\nfunc F(mu sync.Mutex) { mu.Lock() }\n",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	cmd := exec.Command("goconclint", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "GOWORK=", "GOFLAGS=", "GOPROXY=off", "NO_COLOR=", "TERM=xterm")
	cmd.Env = append(cmd.Env, env...)
	return cmd
}

func exitStatus(t *testing.T, err error) int {
	t.Helper()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	if exit == nil {
		return 0
	}
	return exit.ExitCode()
}

// TestInterrupt presses Ctrl-C while the go command, replaced by one that
// takes its time, is listing packages.
func TestInterrupt(t *testing.T) {
	bin := t.TempDir()
	started := filepath.Join(bin, "started")
	slow := "#!/bin/sh\ntouch '" + started + "'\nexec sleep 60\n"
	if err := os.WriteFile(filepath.Join(bin, "go"), []byte(slow), 0o777); err != nil {
		t.Fatal(err)
	}
	cmd := command(t, []string{"PATH=" + bin + ":" + os.Getenv("PATH")})
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		if _, err := os.Stat(started); err == nil {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("the go command isn't run")
		}
	}
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if status := exitStatus(t, cmd.Wait()); status != 130 {
		t.Errorf("exit status %d, want 130", status)
	}
	if got := stderr.String(); !strings.HasPrefix(got, "goconclint: interrupted: ") || strings.Count(got, "\n") != 1 {
		t.Errorf("on standard error: %q", got)
	}
	if stdout.Len() > 0 {
		t.Errorf("on standard output: %q", stdout.String())
	}
}

// TestPager shows what doesn't fit the terminal with the user's pager.
func TestPager(t *testing.T) {
	if shown, _ := inTerminal(t, []string{"PAGER=sed s/^/paged:/"}, "explain", "mapguard"); !strings.HasPrefix(shown, "paged:\x1b[1mmapguard\x1b[0m: ") {
		t.Errorf("explain shows\n%s", shown)
	}
	if shown, _ := inTerminal(t, []string{"PAGER=not-there", "NO_COLOR=1"}, "explain", "mapguard"); !strings.HasPrefix(shown, "mapguard: ") {
		t.Errorf("without the pager, explain shows\n%s", shown)
	}
	if shown, _ := inTerminal(t, []string{"PAGER=sed s/^/paged:/"}, "version"); strings.Contains(shown, "paged:") {
		t.Errorf("a line is paged: %s", shown)
	}
}

// TestAsks lets -fix -i ask, and answers.
func TestAsks(t *testing.T) {
	for answer, want := range map[string]string{"y": "package m\n\nfunc F() {}\n", "n": "package m\n\nfunc F() {} //goconclint:ignore copylocks nothing\n"} {
		cmd := command(t, nil, "-q", "-fix", "-i")
		file := filepath.Join(cmd.Dir, "m.go")
		if err := os.WriteFile(file, []byte("package m\n\nfunc F() {} //goconclint:ignore copylocks nothing\n"), 0o666); err != nil {
			t.Fatal(err)
		}
		terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
		if err != nil {
			t.Skipf("no terminal to be had: %v", err)
		}
		if _, err := terminal.WriteString(answer + "\n"); err != nil {
			t.Fatal(err)
		}
		shown, _ := io.ReadAll(terminal) // ends with EIO
		_ = cmd.Wait()
		terminal.Close()
		if !strings.Contains(string(shown), "apply it? [y]es") || !strings.Contains(string(shown), "\x1b[31m-func F() {} //goconclint:ignore") {
			t.Errorf("shown is %s", shown)
		}
		if got, err := os.ReadFile(file); err != nil || string(got) != want {
			t.Errorf("after %s, the file is %q, %v", answer, got, err)
		}
	}
}

// TestAskInterrupted presses Ctrl-C at a question: nothing is changed.
func TestAskInterrupted(t *testing.T) {
	const code = "package m\n\nfunc F() {} //goconclint:ignore copylocks nothing\n"
	cmd := command(t, nil, "-q", "-fix", "-i")
	file := filepath.Join(cmd.Dir, "m.go")
	if err := os.WriteFile(file, []byte(code), 0o666); err != nil {
		t.Fatal(err)
	}
	terminal, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Skipf("no terminal to be had: %v", err)
	}
	defer terminal.Close()
	var shown bytes.Buffer
	for piece := make([]byte, 4096); !strings.Contains(shown.String(), "[q]uit: "); {
		n, err := terminal.Read(piece)
		if err != nil {
			t.Fatalf("no question: %q, %v", shown.String(), err)
		}
		shown.Write(piece[:n])
	}
	if _, err := terminal.WriteString("\x03"); err != nil {
		t.Fatal(err)
	}
	rest, _ := io.ReadAll(terminal) // ends with EIO
	if status := exitStatus(t, cmd.Wait()); status != 130 || !strings.Contains(string(rest), "interrupted: nothing is fixed") {
		t.Errorf("exit status %d, shown is %q", status, rest)
	}
	if got, err := os.ReadFile(file); err != nil || string(got) != code {
		t.Errorf("the file is %q, %v", got, err)
	}
}
