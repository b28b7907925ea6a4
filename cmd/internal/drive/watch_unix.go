//go:build unix

package drive

import (
	"os"
	"os/exec"
	"strconv"
	"syscall"
)

// watch starts a shell that waits for a word from us. If we end without one,
// killed or crashed, it kills the process group that the command leads. It
// is in none of our groups, so that it outlives us.
func watch(cmd *exec.Cmd) (release func()) {
	theirs, ours, err := os.Pipe()
	if err != nil {
		return func() {}
	}
	shell := exec.Command("/bin/sh", "-c", `read -r word || kill -s KILL -- "-$1"`, "sh", strconv.Itoa(cmd.Process.Pid))
	shell.Stdin = theirs
	shell.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	err = shell.Start()
	_ = theirs.Close() // the shell has its own
	if err != nil {
		_ = ours.Close()
		return func() {}
	}
	return func() {
		_, _ = ours.WriteString("done\n")
		_ = ours.Close()
		_ = shell.Wait()
	}
}
