package main

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// The commands of scripts that stop the command in its midst, which runs in
// the background there: "appear" waits for a moment, "strike" stops it, and
// "ended" looks at what came of it.
func faultCommands() map[string]func(*testscript.TestScript, bool, []string) {
	struck := make(map[string]*exec.Cmd) // by script
	return map[string]func(*testscript.TestScript, bool, []string){
		"appear": appear,
		"strike": func(ts *testscript.TestScript, _ bool, args []string) { struck[ts.Name()] = strike(ts, args) },
		"ended":  func(ts *testscript.TestScript, _ bool, args []string) { ended(ts, struck[ts.Name()], args) },
		"either": either,
		"gone":   gone,
	}
}

const patience = 30 * time.Second

// await waits until something is so.
func await(ts *testscript.TestScript, what string, is func() bool) {
	for deadline := time.Now().Add(patience); !is(); {
		if time.Now().After(deadline) {
			ts.Fatalf("waited in vain: %s", what)
		}
	}
}

// appear is "appear N GLOB": it waits until there are N such files; and
// "appear TEXT GLOB": until one of them holds the text.
func appear(ts *testscript.TestScript, _ bool, args []string) {
	pattern := ts.MkAbs(args[1])
	number, err := strconv.Atoi(args[0])
	await(ts, args[0]+" in "+args[1], func() bool {
		names, _ := filepath.Glob(pattern)
		if err == nil {
			return len(names) >= number
		}
		for _, name := range names {
			if text, err := os.ReadFile(name); err == nil && bytes.Contains(text, []byte(args[0])) {
				return true
			}
		}
		return false
	})
}

// strike is "strike kill" or "strike interrupt": it stops what was last
// started in the background.
func strike(ts *testscript.TestScript, args []string) *exec.Cmd {
	running := ts.BackgroundCmds()
	last := running[len(running)-1]
	signal := map[string]os.Signal{"kill": os.Kill, "interrupt": os.Interrupt}[args[0]]
	if err := last.Process.Signal(signal); err != nil {
		ts.Logf("%v", err) // it was quicker
	}
	return last
}

// ended is "ended STATUS": what was struck, and waited for, has returned it.
func ended(ts *testscript.TestScript, cmd *exec.Cmd, args []string) {
	if got := strconv.Itoa(cmd.ProcessState.ExitCode()); got != args[0] {
		ts.Fatalf("exit status %s, want %s", got, args[0])
	}
}

// either is "either OLD NEW GLOB": each of the files is one or the other. It
// writes "old" and "new", as there are such files.
func either(ts *testscript.TestScript, _ bool, args []string) {
	names, err := filepath.Glob(ts.MkAbs(args[2]))
	ts.Check(err)
	old, changed := ts.ReadFile(args[0]), ts.ReadFile(args[1])
	count := make(map[string]int)
	for _, name := range names {
		switch text := ts.ReadFile(name); text {
		case old:
			count["old"]++
		case changed:
			count["new"]++
		default:
			ts.Fatalf("%s is neither: %q", name, text)
		}
	}
	for kind, n := range count {
		ts.Logf("%d are %s", n, kind)
		_, err := ts.Stdout().Write([]byte(kind + "\n"))
		ts.Check(err)
	}
}

// gone is "gone GLOB": the processes whose numbers the files hold have ended.
func gone(ts *testscript.TestScript, _ bool, args []string) {
	names, err := filepath.Glob(ts.MkAbs(args[0]))
	ts.Check(err)
	if len(names) == 0 {
		ts.Fatalf("no process was started")
	}
	for _, name := range names {
		pid, err := strconv.Atoi(string(bytes.TrimSpace([]byte(ts.ReadFile(name)))))
		ts.Check(err)
		await(ts, "the end of process "+strconv.Itoa(pid), func() bool {
			stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
			return err != nil || bytes.Contains(stat, []byte(") Z ")) // ended, reaped or not
		})
	}
}
