//go:build unix

package drive

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestCancelKillsAll puts a go command in place that starts a process of its
// own, and expects both to be gone after cancellation.
func TestCancelKillsAll(t *testing.T) {
	bin := t.TempDir()
	pidFile := filepath.Join(bin, "pid")
	script := "#!/bin/sh\nsleep 60 &\necho $! >" + pidFile + ".new && mv " + pidFile + ".new " + pidFile + "\nwait\n"
	if err := os.WriteFile(filepath.Join(bin, "go"), []byte(script), 0o777); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	ctx, cancel := context.WithCancel(t.Context())
	pid := 0
	go func() {
		for ; pid == 0; time.Sleep(5 * time.Millisecond) {
			if data, err := os.ReadFile(pidFile); err == nil {
				pid, _ = strconv.Atoi(strings.TrimSpace(string(data)))
			}
		}
		cancel()
	}()
	if _, err := Run(ctx, Options{Dir: bin}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
	for range 200 {
		if gone(pid) {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("process %d outlives the run", pid)
}

// gone reports whether the process has ended, reaped or not.
func gone(pid int) bool {
	if err := syscall.Kill(pid, 0); err != nil {
		return true
	}
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && strings.Contains(string(stat), ") Z ")
}
