//go:build !unix && !windows

package drive

import "os/exec"

// killGroup leaves it at killing the command itself, which CommandContext
// does: there are no process groups here.
func killGroup(*exec.Cmd) {}

// guard does nothing: if we are killed, the go command ends when it has
// written what we don't read any more.
func guard(*exec.Cmd) (release func()) { return func() {} }
