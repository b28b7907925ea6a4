//go:build unix

package drive

import (
	"os/exec"
	"syscall"
)

// killGroup makes cancellation kill the command with all that it started,
// compilers above all.
func killGroup(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	dieWithUs(cmd)
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}
