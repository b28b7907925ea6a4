// Golangci is golangci-lint with goconclint in it: what "golangci-lint
// custom" would build from docs/golangci-lint.md, for the tests and for CI. It
// is a module of its own so that nobody who builds goconclint loads all of
// golangci-lint.
package main

import (
	"fmt"
	"os"
	"runtime"

	"github.com/golangci/golangci-lint/v2/pkg/commands"
	"github.com/golangci/golangci-lint/v2/pkg/exitcodes"

	_ "github.com/goconclint/goconclint/cmd/gclplugin"
)

func main() {
	// With this version golangci-lint tells its cached results apart by the
	// binary, which is what changes here.
	info := commands.BuildInfo{GoVersion: runtime.Version(), Version: "(devel)"}
	if err := commands.Execute(info); err != nil {
		fmt.Fprintf(os.Stderr, "The command is terminated due to an error: %v\n", err)
		os.Exit(exitcodes.Failure)
	}
}
