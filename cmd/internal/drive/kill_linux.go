package drive

import (
	"os/exec"
	"syscall"
)

// dieWithUs has the system kill the command when the thread that starts it
// ends, as it does when we are killed ourselves. What the go command has
// started ends with the package that it is compiling.
func dieWithUs(cmd *exec.Cmd) { cmd.SysProcAttr.Pdeathsig = syscall.SIGKILL }

// guard has nothing to add once the command has started.
func guard(*exec.Cmd) (release func()) { return func() {} }
