// Package vettool is the face that speaks x/tools' protocols: the vet tool
// that "go vet -vettool" and Bazel's nogo run on one package at a time, and
// x/tools' own driver behind -multichecker. Both are multichecker.Main; what
// this package adds is which checks run and how little is done for packages
// that nobody asked about.
package vettool

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"golang.org/x/tools/go/analysis"
	"golang.org/x/tools/go/analysis/multichecker"
	"golang.org/x/tools/go/analysis/unitchecker"

	"github.com/goconclint/goconclint/cmd/internal/selection"
	"github.com/goconclint/goconclint/passes/suite"
)

// Called reports whether the arguments are those of the vet tool protocol:
// the two handshakes, or flags and the description of one package.
func Called(args []string) bool {
	if len(args) == 0 {
		return false
	}
	return slices.Contains(args, "-V=full") || slices.Contains(args, "-flags") ||
		strings.HasSuffix(args[len(args)-1], ".cfg")
}

// Main speaks the protocol and doesn't return.
func Main(args []string, checks []suite.Check) {
	if unit, ok := dependency(args); ok && !anyFacts(checks) {
		// go vet says nothing about dependencies, so neither do we: what is
		// wrong with one shows when its importer is analysed.
		if err := writeTypes(unit); err != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	Multichecker(args, checks)
}

// Multichecker runs x/tools' driver, with its own flags and exit statuses,
// on the checks that the arguments ask for. It doesn't return.
func Multichecker(args []string, checks []suite.Check) {
	rewritten, err := rewrite(args, checks)
	if err != nil {
		fmt.Fprintf(os.Stderr, "goconclint: %v\n", err)
		os.Exit(2)
	}
	// The handshake lists what is registered here, so that go vet accepts
	// it; rewriting has taken it out of the arguments.
	new(selection.Lists).Register(flag.CommandLine)
	os.Args = append(os.Args[:1:1], rewritten...)
	multichecker.Main(selection.Analyzers(checks)...)
}

// dependency reads the description of the package, if that is what the
// arguments end in, and reports whether it is analysed for its facts alone.
func dependency(args []string) (*unitchecker.Config, bool) {
	data, err := os.ReadFile(args[len(args)-1])
	if err != nil {
		return nil, false // a handshake; else multichecker reports it
	}
	unit := new(unitchecker.Config)
	if err := json.Unmarshal(data, unit); err != nil {
		return nil, false
	}
	return unit, unit.VetxOnly
}

// anyFacts reports whether a check has facts to compute on dependencies.
func anyFacts(checks []suite.Check) bool {
	var uses func(a *analysis.Analyzer) bool
	uses = func(a *analysis.Analyzer) bool {
		return len(a.FactTypes) > 0 || slices.ContainsFunc(a.Requires, uses)
	}
	return slices.ContainsFunc(selection.Analyzers(checks), uses)
}
