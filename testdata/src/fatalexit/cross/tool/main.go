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
