// Command tool leaves its directory behind.
package main

import (
	"os"

	"fixtures/fatalexit/cross/cli"
)

func main() {
	dir, err := os.MkdirTemp("", "tool")
	cli.Check(err)
	defer os.RemoveAll(dir)
	cli.Print(err)
	cli.Check(os.WriteFile(dir+"/x", nil, 0o600)) // want `cli.Check ends the process: os.RemoveAll.* is not called`
}

func quit(code int) {
	f, err := os.CreateTemp("", "tool")
	cli.Check(err)
	defer os.Remove(f.Name())
	if code != 0 {
		cli.Quit(code) // want `cli.Quit ends the process: os.Remove, deferred at line \d+, is not called`
	}
}
