//go:build unix && !linux

package drive

import "os/exec"

// dieWithUs can't be had from the system here.
func dieWithUs(*exec.Cmd) {}

// guard has a shell kill the command, once it has started, when we end.
func guard(cmd *exec.Cmd) (release func()) { return watch(cmd) }
