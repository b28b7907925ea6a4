//go:build unix

package drive

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
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

// asWatched is the environment variable that makes TestWatch be the process
// that is killed.
const asWatched = "GOCONCLINT_TEST_WATCHED"

// TestWatch kills a process that watches a command: the command ends, too.
// If the process lets it go, it goes on.
func TestWatch(t *testing.T) {
	if os.Getenv(asWatched) != "" {
		cmd := groupLeader("60")
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		watch(cmd)
		fmt.Println(cmd.Process.Pid)
		time.Sleep(time.Minute)
	}
	t.Parallel()
	self := exec.Command(os.Args[0], "-test.run=^TestWatch$")
	self.Env = append(os.Environ(), asWatched+"=1")
	out, err := self.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := self.Start(); err != nil {
		t.Fatal(err)
	}
	var pid int
	_, err = fmt.Fscan(out, &pid)
	_ = self.Process.Kill()
	_ = self.Wait()
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; !gone(pid); i++ {
		if i == 500 {
			t.Fatalf("process %d outlives the one that watched it", pid)
		}
		time.Sleep(10 * time.Millisecond)
	}
	cmd := groupLeader("0.2")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	watch(cmd)()
	if err := cmd.Wait(); err != nil {
		t.Errorf("what was let go didn't go on: %v", err)
	}
}

func groupLeader(seconds string) *exec.Cmd {
	cmd := exec.Command("sleep", seconds)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	return cmd
}

// gone reports whether the process has ended, reaped or not.
func gone(pid int) bool {
	if err := syscall.Kill(pid, 0); err != nil {
		return true
	}
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	return err == nil && strings.Contains(string(stat), ") Z ")
}
