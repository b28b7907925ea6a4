// Goconclint finds mistakes in the concurrency, panics, defers and hot paths
// of Go programs. One binary has three faces: for people, for go vet, and
// x/tools' own driver; goconclint -h shows the first.
package main

import (
	"os"

	"github.com/goconclint/goconclint/cmd/internal/cli"
	"github.com/goconclint/goconclint/cmd/internal/vettool"
	"github.com/goconclint/goconclint/passes/suite"
)

func main() {
	args := os.Args[1:]
	switch {
	case len(args) > 0 && (args[0] == "-multichecker" || args[0] == "--multichecker"):
		vettool.Multichecker(args[1:], suite.All())
	case vettool.Called(args):
		vettool.Main(args, suite.All())
	default:
		os.Exit(cli.Main(args))
	}
}
