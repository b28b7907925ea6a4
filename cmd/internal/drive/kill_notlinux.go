//go:build unix && !linux

package drive

import "os/exec"

// dieWithUs can't be had here: if we are killed, the go command ends when it
// has written what we don't read any more.
func dieWithUs(*exec.Cmd) {}
