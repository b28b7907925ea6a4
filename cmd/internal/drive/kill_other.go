//go:build !unix

package drive

import "os/exec"

// killGroup leaves it at killing the command itself, which CommandContext
// does: there are no process groups here.
func killGroup(*exec.Cmd) {}
