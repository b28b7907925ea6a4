package editors

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A terminal is one that tmux keeps, with a program in it that wants a screen
// and a keyboard.
type terminal struct {
	*testing.T
	tmux, socket string
}

// open starts a program in a folder.
func open(t *testing.T, dir string, env []string, name string, args ...string) terminal {
	t.Helper()
	sockets, err := os.MkdirTemp("", "tmux") // t.TempDir is too long for the name of a socket
	if err != nil {
		t.Fatal(err)
	}
	term := terminal{t, need(t, "tmux"), filepath.Join(sockets, "s")}
	t.Cleanup(func() {
		_ = exec.Command(term.tmux, "-S", term.socket, "kill-server").Run() // it has ended if all is well
		_ = os.RemoveAll(sockets)
	})
	start := []string{"-S", term.socket, "-f", "/dev/null", "new-session", "-d", "-x", "150", "-y", "50", name}
	run(t, dir, append(env, "TERM=xterm"), term.tmux, append(start, args...)...)
	return term
}

// press sends keys, by tmux's names.
func (t terminal) press(keys ...string) {
	t.Helper()
	run(t.T, ".", nil, t.tmux, append([]string{"-S", t.socket, "send-keys"}, keys...)...)
}

// screen returns what is on the screen, and whether there still is one.
func (t terminal) screen() (string, bool) {
	out, err := exec.CommandContext(t.Context(), t.tmux, "-S", t.socket, "capture-pane", "-p").Output()
	return string(out), err == nil
}

// shows presses keys until the screen shows a text.
func (t terminal) shows(text string, keys ...string) {
	t.Helper()
	t.await(text+" to be shown", func(screen string) bool { return strings.Contains(screen, text) }, keys...)
}

// hides waits until the screen doesn't show a text any more.
func (t terminal) hides(text string) {
	t.Helper()
	t.await(text+" to go", func(screen string) bool { return !strings.Contains(screen, text) })
}

func (t terminal) await(what string, holds func(screen string) bool, keys ...string) {
	t.Helper()
	for end := time.Now().Add(2 * time.Minute); ; time.Sleep(300 * time.Millisecond) {
		screen, there := t.screen()
		if there && holds(screen) {
			return
		}
		if !there || time.Now().After(end) {
			t.Fatalf("waited in vain for %s:\n%s", what, screen)
		}
		if len(keys) > 0 {
			t.press(keys...)
		}
	}
}

// ends waits for the program to end.
func (t terminal) ends() {
	t.Helper()
	for end := time.Now().Add(time.Minute); ; time.Sleep(100 * time.Millisecond) {
		screen, there := t.screen()
		if !there {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("it doesn't end:\n%s", screen)
		}
	}
}

// TestHelix: a finding is shown and explained, its fix is chosen from the
// menu, what doesn't compile hurts nobody, and what is undone is found again.
func TestHelix(t *testing.T) {
	hx, env := need(t, "hx"), environment(t)
	config, dir := t.TempDir(), strings.TrimPrefix(env[0], "TOUR=")
	snippet(t, "[language-server.goconclint]", filepath.Join(config, "helix", "languages.toml"))
	path := filepath.Join(dir, "notify", "notify.go")
	inFile := func(text string) {
		t.Helper()
		if content, err := os.ReadFile(path); err != nil || !strings.Contains(string(content), text) {
			t.Errorf("no %q in the file, %v:\n%s", text, err, content)
		}
	}
	const finding, fixed = "address is shared by all iterations", "address := address"

	helix := open(t, dir, append(env, "XDG_CONFIG_HOME="+config), hx, "--log", filepath.Join(config, "log"), "notify/notify.go")
	helix.shows(finding, "g", "g", "]", "d")
	helix.press("Space", "k")
	helix.shows("variables that iterations share")
	helix.press("Escape")
	helix.hides("variables that iterations share")
	helix.press("Space", "a")
	helix.shows("Ignore loopcapture here, with a reason")
	helix.press("Enter")
	helix.shows(fixed)
	helix.hides(finding)
	helix.press(":", "w", "Enter")
	helix.shows("written")
	inFile(fixed)

	helix.press("g", "e", "o", "func broken( {")
	helix.shows("func broken( {")
	helix.press("Escape")
	helix.shows(" NOR ")
	helix.press("u", "u")
	helix.hides(fixed)
	helix.shows(finding, "g", "g", "]", "d")
	helix.press(":", "w", "q", "Enter")
	helix.ends()
}
